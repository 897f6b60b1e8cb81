import type { Tx } from "./transaction";
import { isTransient } from "./transient";

/**
 * Does a part of a transaction that may fail without the rest: what it wrote is undone then, and the reason is given back. Null when it went
 * well. One attempt at a time.
 * @throws What passes by itself, so that the whole transaction is done again.
 */
export async function attempt(tx: Tx, work: () => Promise<void>): Promise<unknown> {
  await tx.$executeRaw`savepoint attempt`;
  try {
    await work();
  } catch (error) {
    if (isTransient(error)) throw error;
    await tx.$executeRaw`rollback to savepoint attempt`;
    return error;
  }
  await tx.$executeRaw`release savepoint attempt`;
  return null;
}

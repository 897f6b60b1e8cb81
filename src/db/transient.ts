import { sqlState } from "./sql-state";

/** Resolves after so many milliseconds, or as soon as the signal fires. */
export type Wait = (ms: number, signal?: AbortSignal) => Promise<void>;

/**
 * SQLSTATEs that pass by themselves: connection exceptions, the server stopping or starting, serialization failures and deadlocks,
 * no connection left, a transaction that was ended because this process stood still.
 */
const SQL_STATES = /^(08...|57P0[1-3]|40001|40P01|53300|25P03)$/;

const NETWORK_CODES = ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "EAI_AGAIN"];
/** Unreachable, timed out, closed, no transaction in time, conflict. */
const PRISMA_CODES = ["P1001", "P1008", "P1017", "P2028", "P2034"];
const CODES: readonly unknown[] = [...NETWORK_CODES, ...PRISMA_CODES];

/** What Prisma's adapter makes of errors whose code it swallows. */
const KINDS: readonly unknown[] = ["DatabaseNotReachable", "ConnectionClosed", "SocketTimeout", "TransactionWriteConflict", "TooManyConnections"];

/** Some of the driver's own errors have nothing but their text. */
const MESSAGES = /connection terminated|is not queryable/i;

/** An error of Node, of the driver, of Prisma or of its adapter: which one differs with the moment at which a connection breaks. */
interface DatabaseError {
  code?: unknown;
  syscall?: unknown;
  cause?: { kind?: unknown };
  meta?: { driverAdapterError?: { cause?: { kind?: unknown } } };
}

/** Whether the database could not do it now and may in a moment, so that the same transaction may be tried again. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, syscall, cause, meta } = error as DatabaseError;
  // A server on a Unix socket restarts: the socket's file is gone for a moment.
  if (code === "ENOENT" && syscall === "connect") return true;
  const kind = meta?.driverAdapterError?.cause?.kind ?? cause?.kind;
  return SQL_STATES.test(sqlState(error) ?? "") || CODES.includes(code) || KINDS.includes(kind) || MESSAGES.test(error.message);
}

/** Together half a minute: a server restarts within it, and a run's lease outlives it. */
export const RETRY_DELAYS_MS: readonly number[] = [100, 250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 6_000, 6_000];

/**
 * Does the work, and does it again for about half a minute while the database fails it for a reason that passes.
 *
 * The answer to a COMMIT may get lost with the connection, so work that was committed may be done once more: it must come to the same.
 * @throws What the work throws; at once when it is not transient.
 */
export async function retryTransient<T>(work: () => Promise<T>, options: { wait: Wait; onRetry?: (error: unknown) => void }): Promise<T> {
  for (const delayMs of RETRY_DELAYS_MS) {
    try {
      return await work();
    } catch (error) {
      if (!isTransient(error)) throw error;
      options.onRetry?.(error);
    }
    await options.wait(delayMs);
  }
  return work();
}

import pg from "pg";

/** Any number will do, as long as it stays the same. */
const LOCK_KEY = 20_117;
const ANSWERS_WITHIN_MS = 5_000;

/** Proof that this process is the only Milkrun on its cluster. */
export interface InstanceLock {
  release(): Promise<void>;
}

/**
 * Holds an advisory lock until the connection ends; the server frees it when we die, however we die.
 * @param onLost Called once when the connection ends before `release`: the server restarts, or is gone.
 * @returns null when another process holds it.
 * @throws what the server says while it cannot be used.
 */
export async function takeInstanceLock(connection: pg.ClientConfig, onLost: () => void): Promise<InstanceLock | null> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: ANSWERS_WITHIN_MS });
  client.on("error", () => {});
  await client.connect();
  const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [LOCK_KEY]);
  if (!rows[0]?.taken) {
    await client.end();
    return null;
  }
  client.once("end", onLost);
  return {
    async release() {
      client.off("end", onLost);
      await client.end().catch(() => {});
    },
  };
}

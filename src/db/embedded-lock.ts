import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "@/log/logger";

/** Any number will do, as long as it stays the same. */
const LOCK_KEY = 20_117;

/** Proof that this process is the only Milkrun on its cluster. */
export interface InstanceLock {
  release(): Promise<void>;
}

/**
 * Holds an advisory lock for the life of this process; the server frees it when we die, however we die.
 * After a restart of the server it is taken again.
 * @returns null when another process holds it.
 */
export async function takeInstanceLock(connection: pg.ClientConfig, log: Logger): Promise<InstanceLock | null> {
  let released = false;
  let client = await tryLock(connection, onLost);
  if (!client) return null;

  function onLost() {
    if (!released) void retake();
  }
  async function retake(): Promise<void> {
    log.warn("the embedded PostgreSQL closed its connection; waiting for it");
    for (client = null; !client && !released; await sleep(500)) client = await tryLock(connection, onLost).catch(() => null);
    if (released) await client?.end();
  }
  return {
    async release() {
      released = true;
      await client?.end().catch(() => {});
    },
  };
}

async function tryLock(connection: pg.ClientConfig, onLost: () => void): Promise<pg.Client | null> {
  const client = new pg.Client(connection);
  client.on("error", () => {});
  await client.connect();
  const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [LOCK_KEY]);
  if (!rows[0]?.taken) {
    await client.end();
    return null;
  }
  client.once("end", onLost);
  return client;
}

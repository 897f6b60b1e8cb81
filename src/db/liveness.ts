import pg from "pg";
import type { DatabaseLog } from "./transaction";

export interface Liveness {
  /** Resolves when other processes can see that this one lives. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** False while the connection is broken: others may take this process's runs, so it should take no new ones. */
  isHeld(): boolean;
}

const RETRY_MS = 1_000;

/**
 * Holds a session advisory lock for as long as this process lives. PostgreSQL frees it the moment the connection ends, so the
 * others know of a crash in a second and not when a lease runs out. `app.is_alive` reads the same lock.
 */
export function createLiveness(connection: pg.ClientConfig, instanceId: string, log: DatabaseLog): Liveness {
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let held = false;
  let stopped = true;

  async function take() {
    const next = new pg.Client({ ...connection, keepAlive: true });
    client = next;
    next.on("error", (error) => lost(next, error));
    next.on("end", () => lost(next, new Error("the connection ended")));
    await next.connect();
    await next.query("select pg_advisory_lock_shared(app.liveness_class(), app.liveness_key($1::uuid))", [instanceId]);
    held = true;
  }

  function lost(which: pg.Client, error: Error) {
    if (stopped || which !== client) return;
    held = false;
    client = undefined;
    which.end().catch(() => {});
    log.warn({ reason: error.message }, "the liveness lock is lost, taking it again");
    clearTimeout(retry);
    retry = setTimeout(() => {
      take().catch((cause: Error) => client && lost(client, cause));
    }, RETRY_MS);
  }

  return {
    async start() {
      stopped = false;
      await take();
    },
    async stop() {
      stopped = true;
      held = false;
      clearTimeout(retry);
      await client?.end().catch(() => {});
    },
    isHeld: () => held,
  };
}

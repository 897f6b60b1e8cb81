import { randomUUID } from "node:crypto";
import { afterEach } from "vitest";
import { createWorker, type WorkerOptions } from "@/worker/worker";
import { type OwnDatabase, ownDatabase } from "./own-database";
import { type Script, scriptedCollector } from "./scripted-collector";
import { silentLog } from "./silent-log";
import { quickGate, takingTurns } from "./site-turns";

/**
 * Workers on a database of the test file's own, which is given to `prepare` once it listens.
 * @param takeTurns Their sources take turns at their sites, through a gate of the same database, as the server makes it.
 */
export function scriptedWorkers(prepare: (own: OwnDatabase) => void, { takeTurns = false } = {}) {
  let own: OwnDatabase;

  ownDatabase(async (opened) => {
    own = opened;
    await own.db.listener.start();
    prepare(own);
  });

  const stops: (() => Promise<void>)[] = [];

  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
  });

  /** Starts a worker whose sources do what the test says, by address. It stops with the test. */
  return async (scripts: Record<string, Script>, options: Partial<WorkerOptions> = {}) => {
    const { db, server } = own;
    const scripted = scriptedCollector(scripts);
    const collectors = takeTurns ? takingTurns(scripted, quickGate(db)) : scripted;
    const place = { db, connection: server.connection, log: silentLog, instanceId: randomUUID() };
    const worker = createWorker({ ...place, collectors, concurrency: 2, finishMs: 200, ...options });
    stops.push(worker.stop);
    await worker.start();
    return { worker, collectors };
  };
}

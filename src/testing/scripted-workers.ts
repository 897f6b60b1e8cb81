import { randomUUID } from "node:crypto";
import { afterEach } from "vitest";
import { createWorker, type WorkerOptions } from "@/worker/worker";
import type { OwnDatabase } from "./own-database";
import { type Script, scriptedCollector } from "./scripted-collector";
import { silentLog } from "./silent-log";
import { quickGate, takingTurns } from "./site-turns";

/**
 * Workers on the database of a test file.
 * @param takeTurns Their sources take turns at their sites, through a gate of the same database, as the server makes it.
 */
export function scriptedWorkers(own: () => OwnDatabase, { takeTurns = false } = {}) {
  const stops: (() => Promise<void>)[] = [];

  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
  });

  /** Starts a worker whose sources do what the test says, by address. It stops with the test. */
  return async (scripts: Record<string, Script>, options: Partial<WorkerOptions> = {}) => {
    const { db, server } = own();
    const scripted = scriptedCollector(scripts);
    const collectors = takeTurns ? takingTurns(scripted, quickGate(db)) : scripted;
    const place = { db, connection: server.connection, log: silentLog, instanceId: randomUUID() };
    const worker = createWorker({ ...place, collectors, concurrency: 2, finishMs: 200, ...options });
    stops.push(worker.stop);
    await worker.start();
    return { worker, collectors };
  };
}

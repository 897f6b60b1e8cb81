import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { SoakDatabase } from "./soak-database";
import type { SoakProcess } from "./soak-process";

const LOOK_EVERY_MS = 200;

/** Waits until it is so. False when it was not after `withinMs`. */
export async function waitUntil(isSo: () => Promise<boolean> | boolean, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    if (await isSo()) return true;
    if (performance.now() > deadline) return false;
    await sleep(LOOK_EVERY_MS);
  }
}

/** The first of `count` ports in a row that nobody listens on. */
export async function findPortsInARow(count: number): Promise<number> {
  for (let first = 21_000; first < 30_000; first += count) {
    const ports = Array.from({ length: count }, (_, index) => first + index);
    const free = await Promise.all(ports.map(isFree));
    if (free.every(Boolean)) return first;
  }
  throw new Error("No ports are free on this machine.");
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.createServer().once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

export const readTime = (database: SoakDatabase): Promise<Date> =>
  database.query<{ now: Date }>("select clock_timestamp() as now").then((rows) => rows[0]?.now ?? new Date(0));

/** Turns every schedule off that has dispatched its slots up to `until`. True when all are off. */
export async function turnOff(database: SoakDatabase, until: Date): Promise<boolean> {
  await database.query("update schedule set enabled = false, next_run_at = null, due_at = null where enabled and (next_run_at is null or next_run_at > $1)", [
    until,
  ]);
  return (await database.query("select from schedule where enabled limit 1")).length === 0;
}

export async function countActiveRuns(database: SoakDatabase): Promise<number> {
  const [row] = await database.query<{ count: number }>("select count(*)::int as count from run where status in ('queued', 'running')");
  return row?.count ?? 0;
}

/** The ids that these processes have given themselves. */
export async function readInstances(database: SoakDatabase, processes: readonly SoakProcess[]): Promise<string[]> {
  const pids = processes.map((one) => one.pid());
  const rows = await database.query<{ id: string }>(
    "select distinct on (pid) instance_id as id from heartbeat where pid = any($1::int[]) order by pid, started_at desc",
    [pids],
  );
  return rows.map((row) => row.id);
}

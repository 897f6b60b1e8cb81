import { setTimeout as sleep } from "node:timers/promises";
import type { SoakDatabase } from "./soak-database";

const LOOK_EVERY_MS = 200;
const AWAY_AFTER_MS = 500;

interface HeldRun {
  id: string;
  workerId: string;
}

interface Orphan extends HeldRun {
  killedMs: number;
}

/** Measures how long a run whose worker was killed waits for another one. */
export interface RecoveryWatch {
  /** Kills by `kill` and watches over the runs that these processes held. */
  over(pids: readonly number[], kill: () => void): Promise<void>;
  /** From each kill to the run being worked on again or ended, in milliseconds. */
  readonly recoveries: readonly number[];
  /** Runs that nobody has taken up yet. */
  waiting(): number;
  stop(): Promise<void>;
}

export function createRecoveryWatch(database: SoakDatabase): RecoveryWatch {
  const orphans = new Map<string, Orphan>();
  const recoveries: number[] = [];
  const ending = new AbortController();
  const looking = lookOn();

  async function lookOn(): Promise<void> {
    while (!ending.signal.aborted) {
      if (orphans.size > 0) await look();
      await sleep(LOOK_EVERY_MS, undefined, { signal: ending.signal }).catch(() => {});
    }
  }

  async function look(): Promise<void> {
    const runs = await database.query<{ id: string; workerId: string | null; status: string }>(
      'select id, worker_id as "workerId", status::text as status from run where id = any($1::uuid[])',
      [[...orphans.keys()]],
    );
    for (const run of runs) settle(run);
  }

  function settle({ id, workerId, status }: { id: string; workerId: string | null; status: string }): void {
    const orphan = orphans.get(id);
    if (!orphan || status === "queued") return;
    const isSame = workerId === orphan.workerId;
    if (status === "running" && isSame) return;
    orphans.delete(id);
    // Ended by the worker that was killed: it was faster than the kill.
    if (isSame && status !== "abandoned") return;
    recoveries.push(performance.now() - orphan.killedMs);
  }

  const heldBy = (pids: readonly number[]) =>
    database.query<HeldRun>(
      `select r.id, r.worker_id as "workerId" from run r join heartbeat h on h.instance_id = r.worker_id
       where r.status = 'running' and h.pid = any($1::int[])`,
      [pids],
    );

  return {
    recoveries,
    waiting: () => orphans.size,
    async over(pids, kill) {
      // A database that is away answers later: what the killed processes hold then is all there is.
      const before = await Promise.race([heldBy(pids), sleep(AWAY_AFTER_MS, [])]);
      kill();
      const killedMs = performance.now();
      const watch = (runs: HeldRun[]) => {
        for (const run of runs) orphans.set(run.id, { ...run, killedMs });
      };
      watch(before);
      void heldBy(pids).then((held) => watch(held.filter((run) => !before.some(({ id }) => id === run.id))));
    },
    async stop() {
      ending.abort();
      await looking;
    },
  };
}

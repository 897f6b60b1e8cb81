import type { Bench } from "../bench";
import { checkLedger, type LedgerCheck } from "../check-ledger";
import type { BenchDatabase } from "../cluster";
import { startNode } from "../measured-process";
import { arm, connectMilkrun, lastDispatchAt } from "../milkrun-process";
import { patternsDueAt } from "../patterns";
import { forgetPeak, peakBytes, residentBytes } from "../process-use";
import { seedDatabase } from "../seed";

const MINUTE_MS = 60_000;
const WITHIN_MS = 300_000;
/** From the moment that schedules are made to their slot: time to make them, and to start the processes. */
const leadMs = (schedules: number) => 3_000 + schedules * 0.2;
/** What a burst may take: within it no minute begins, as some of the schedules have a slot then too. */
const undisturbedMs = (schedules: number) => 2_000 + schedules * 0.2;

export interface BurstMeasure extends LedgerCheck {
  /** From the instant at which all were due to the last commit. */
  tookMs: number;
  /** What the process grew by, at its peak; null where it cannot be read. */
  growthBytes: number | null;
}

/** Schedules in a fresh database that all have the last whole minute as their slot, and fall due at `dueAt`. */
async function seedDueAt(database: BenchDatabase, schedules: number, dueAt: Date): Promise<void> {
  const slotAt = new Date(Math.floor(dueAt.getTime() / MINUTE_MS) * MINUTE_MS);
  await seedDatabase(database.owner, { schedules, patterns: patternsDueAt(slotAt), dueAt: { first: dueAt, apartMs: 0 } });
}

/** The first instant from here on that has so much of its minute left. */
function pickDueAt(earliest: number, leftMs: number): Date {
  const nextMinute = Math.ceil(earliest / MINUTE_MS) * MINUTE_MS;
  return new Date(nextMinute - earliest >= leftMs ? earliest : nextMinute);
}

/** Milkrun's clocks, armed, wait for one instant at which every schedule is due. Armed too late they are given more time. */
export async function burstMilkrun(bench: Bench, schedules: number, processes = 1): Promise<BurstMeasure> {
  for (let lead = leadMs(schedules); ; lead *= 3) {
    const measured = await attempt(bench, schedules, processes, lead);
    if (measured) return measured;
  }
}

async function attempt({ cluster }: Bench, schedules: number, processes: number, lead: number): Promise<BurstMeasure | null> {
  return cluster.withDatabase(async (database) => {
    const dueAt = pickDueAt(Date.now() + lead, undisturbedMs(schedules));
    await seedDueAt(database, schedules, dueAt);
    const clocks = await Promise.all(Array.from({ length: processes }, () => connectMilkrun(database.connection)));
    try {
      for (const clock of clocks) if ((await arm(clock)).at > dueAt.getTime()) return null;
      const resident = clocks.map(({ pid }) => residentBytes(pid));
      for (const { pid } of clocks) forgetPeak(pid);
      const tookMs = (await lastDispatchAt(clocks, schedules, WITHIN_MS)) - dueAt.getTime();
      const growth = clocks.map(({ pid }, nth) => (peakBytes(pid) ?? Number.NaN) - (resident[nth] ?? Number.NaN));
      const growthBytes = growth.some(Number.isNaN) ? null : Math.max(...growth);
      return { tookMs, growthBytes, ...(await checkLedger(database.owner)) };
    } finally {
      await Promise.all(clocks.map((clock) => clock.kill()));
    }
  });
}

/** The bare inserts and updates of the same burst. */
export async function burstFloor({ cluster }: Bench, schedules: number): Promise<number> {
  return cluster.withDatabase(async (database) => {
    await seedDueAt(database, schedules, new Date(Date.now() - 1));
    const floor = startNode("floor", { connection: database.connection, batch: 1_000 });
    try {
      await floor.expect("connected", WITHIN_MS);
      floor.tell({ go: true });
      return (await floor.expect<{ tookMs: number }>("tookMs", WITHIN_MS)).tookMs;
    } finally {
      await floor.kill();
    }
  });
}

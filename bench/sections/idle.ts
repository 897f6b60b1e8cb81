import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import type { Bench } from "../bench";
import { type Explained, explainClaim, explainInstants } from "../explain";
import { arm, connectMilkrun, untilSlotsChecked } from "../milkrun-process";
import { patternsDueAt } from "../patterns";
import { CRONER, findApscheduler, NODE_CRON } from "../peer-list";
import { processorSeconds, residentBytes } from "../process-use";
import { atMost, count, duration, megabytes, percent, type SectionResult } from "../report";
import { seedDatabase } from "../seed";
import { dailyAt } from "./burst-peer";

const WITHIN_MS = 300_000;
const HOUR_MS = 3_600_000;

interface Idler {
  name: string;
  schedules: number;
  pid: number;
  stop(): Promise<void>;
}

/** S4: nothing is due for hours, and a minute passes. Everybody idles at the same time; the processor time is each one's own. */
export async function measureIdle(bench: Bench): Promise<SectionResult> {
  const { schedules, forMs } = bench.sizes.idle;
  return bench.cluster.withDatabase(async ({ connection, owner }) => {
    // Half a day ahead, a second apart, so that many instants have to be told apart.
    const next = new Date(Date.now() + 12 * HOUR_MS);
    await seedDatabase(owner, { schedules, patterns: patternsDueAt(next) });
    const idlers = await startIdlers(bench, connection, owner);
    try {
      bench.progress(`idling for ${duration(forMs)}`);
      const shares = await watch(idlers, forMs);
      const explained = { claim: await explainClaim(connection), instants: await explainInstants(connection) };
      return report(schedules, idlers, shares, explained);
    } finally {
      await Promise.all(idlers.map((idler) => idler.stop()));
    }
  });
}

async function startIdlers(bench: Bench, connection: pg.ClientConfig, owner: pg.ClientConfig): Promise<Idler[]> {
  const { schedules } = bench.sizes.idle;
  const milkrun = await connectMilkrun(connection);
  await arm(milkrun);
  await untilSlotsChecked(owner);
  const idlers: Idler[] = [{ name: "Milkrun", schedules, pid: milkrun.pid, stop: milkrun.kill }];
  if (bench.cluster.pid) idlers.push({ name: "PostgreSQL, for Milkrun", schedules, pid: bench.cluster.pid, stop: async () => {} });
  if (!bench.withPeers) return idlers;
  const apscheduler = findApscheduler();
  for (const peer of [NODE_CRON, CRONER, ...(apscheduler ? [apscheduler] : [])]) {
    const held = Math.min(schedules, peer.most);
    const running = peer.start({ connection: owner, schedules: held, patterns: dailyAt(Date.now() + 12 * HOUR_MS, false), dueAt: null });
    idlers.push({ name: peer.name, schedules: held, pid: running.pid, stop: running.kill });
    await running.expect("ready", WITHIN_MS);
    running.tell({ go: true });
    await running.expect("armed", WITHIN_MS);
    bench.progress(`idle: ${peer.name} holds ${count(held)}`);
  }
  return idlers;
}

/** The share of a core that each used; null where it cannot be read. */
async function watch(idlers: readonly Idler[], forMs: number): Promise<(number | null)[]> {
  const before = idlers.map(({ pid }) => processorSeconds(pid));
  const startedMs = performance.now();
  await sleep(forMs);
  const seconds = (performance.now() - startedMs) / 1000;
  return idlers.map(({ pid }, nth) => {
    const [from, to] = [before[nth] ?? null, processorSeconds(pid)];
    return from === null || to === null ? null : (to - from) / seconds;
  });
}

function report(
  schedules: number,
  idlers: readonly Idler[],
  shares: readonly (number | null)[],
  { claim, instants }: { claim: Explained; instants: Explained },
): SectionResult {
  const [milkrun = null, database = null] = shares;
  const used = milkrun === null ? null : milkrun + (idlers[1]?.name.startsWith("PostgreSQL") ? (database ?? 0) : 0);
  const isDatabase = (pid: number) => pid === idlers[1]?.pid && idlers[1].name.startsWith("PostgreSQL");
  const memory = (pid: number) => (isDatabase(pid) ? "–" : megabytes(residentBytes(pid) ?? Number.NaN));
  const isIndexed = ({ nodes }: Explained) => nodes.some((node) => node.includes("Index")) && !nodes.some((node) => node === "Seq Scan");
  const what = `${count(schedules)} schedules, nothing due`;
  return {
    section: "idle",
    tables: [
      {
        title: "Idle: nothing is due for hours",
        columns: ["", "schedules", "of a core", "memory"],
        rows: idlers.map(({ name, schedules: held, pid }, nth) => [name, count(held), shares[nth] == null ? "–" : percent(shares[nth]), memory(pid)]),
      },
      {
        title: `What the clock asks the database, with ${count(schedules)} schedules`,
        columns: ["query", "took", "plan"],
        rows: [
          ["what is due", duration(claim.tookMs), claim.nodes.join(" → ")],
          ["the next instants", duration(instants.tookMs), instants.nodes.join(" → ")],
        ],
      },
    ],
    verdicts: [
      atMost("S4", `${what}: of a core, the database's share included`, used, 0.01, percent),
      atMost("S4", `${what}: the due query`, claim.tookMs, 1, duration),
      { bar: "S4", what: "the due query's plan", measured: claim.nodes.join(" → "), limit: "an index scan", met: isIndexed(claim) },
    ],
  };
}

import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { withClient } from "@/db/connect";
import type { Bench } from "../bench";
import { startNode } from "../measured-process";
import { patternsDueAt } from "../patterns";
import { CRONER, findApscheduler, NODE_CRON, type Peer } from "../peer-list";
import { atMost, count, duration, megabytes, noneWrong, type SectionResult } from "../report";
import { seedDatabase } from "../seed";
import { quantile } from "../statistics";
import { createPeerTables, dailyAt } from "./burst-peer";

const LEAD_MS = 10_000;
/** Until a run that waits has begun. */
const LEAD_PER_RUN_MS = 60;
const WITHIN_MS = 60_000;
const MINUTE_MS = 60_000;
const LOOK_MS = 250;
const SOURCE_URL = "https://example.org/feed.xml";

/** Milliseconds from each slot to its start, sorted. */
type Delays = number[];

/** S5: slots one after the other, each an organization's own, from its instant to the moment at which its run started. */
export async function measureLatency(bench: Bench): Promise<SectionResult> {
  const { slots, overMs, waiting } = bench.sizes.latency;
  bench.progress(`latency: Milkrun, ${count(slots)} slots over ${duration(overMs)}`);
  const { delays: milkrun } = await latencyOfMilkrun(bench, 0);
  bench.progress(`latency: Milkrun, beside ${count(waiting)} runs that wait`);
  const beside = await latencyOfMilkrun(bench, waiting);
  const rows: [string, Delays][] = [
    ["Milkrun, until a worker has taken the run", milkrun],
    [`the same, while ${count(waiting)} other runs wait for their sites in its process`, beside.delays],
  ];
  const apscheduler = bench.withPeers ? findApscheduler() : null;
  for (const peer of bench.withPeers ? [NODE_CRON, CRONER, ...(apscheduler ? [apscheduler] : [])] : []) {
    bench.progress(`latency: ${peer.name}`);
    rows.push([`${peer.name}, until its function is called`, await latencyOfPeer(bench, peer)]);
  }
  const cell = (delays: Delays, share: number) => (delays.length === 0 ? "–" : duration(quantile(delays, share)));
  return {
    section: "latency",
    tables: [
      {
        title: `Latency: ${count(slots)} slots over ${duration(overMs)}, from the instant to the start`,
        columns: ["", "p50", "p99", "most", "lost"],
        rows: rows.map(([name, delays]) => [name, cell(delays, 0.5), cell(delays, 0.99), cell(delays, 1), count(slots - delays.length)]),
        notes: [
          "Milkrun's run is written to the ledger, queued and taken by a worker before it counts as started; the others call a function in their process.",
          `The ${count(waiting)} runs that wait take ${megabytes(beside.waitingBytes)}.`,
        ],
      },
    ],
    verdicts: [
      noneWrong("S5", `${count(slots)} slots`, slots - milkrun.length),
      atMost("S5", "instant → run started, p50", quantile(milkrun, 0.5), 50, duration),
      atMost("S5", "instant → run started, p99", quantile(milkrun, 0.99), 500, duration),
      noneWrong("S5", `${count(slots)} slots beside ${count(waiting)} waiting runs`, slots - beside.delays.length),
      atMost("S5", `the same beside ${count(waiting)} waiting runs, p50`, quantile(beside.delays, 0.5), 50, duration),
    ],
  };
}

/** @param waiting Runs that wait for their sites meanwhile; `waitingBytes` is the memory that they take. */
async function latencyOfMilkrun({ cluster, sizes }: Bench, waiting: number): Promise<{ delays: Delays; waitingBytes: number }> {
  const { slots, overMs } = sizes.latency;
  return cluster.withDatabase(async ({ connection, owner }) => {
    const first = new Date(Date.now() + LEAD_MS + waiting * LEAD_PER_RUN_MS);
    const slotAt = new Date(Math.floor(first.getTime() / MINUTE_MS) * MINUTE_MS);
    await seedDatabase(owner, { schedules: slots, patterns: patternsDueAt(slotAt), dueAt: { first, apartMs: overMs / slots }, sourceUrl: SOURCE_URL });
    // Dispatching moves the instant on, so it is noted before.
    await withClient(owner, (client) => client.query("create table due as select id, due_at from schedule"));
    const milkrun = startNode("milkrun-working", { connection, sourceUrl: SOURCE_URL, waiting });
    try {
      const { waitingBytes } = await milkrun.expect<{ armed: true; waitingBytes: number }>("armed", WITHIN_MS);
      const query =
        "select extract(epoch from r.started_at - d.due_at)::float * 1000 as ms from due d join run r on r.schedule_id = d.id where r.started_at is not null";
      return { delays: await untilAllStarted(owner, query, slots, first.getTime() + overMs), waitingBytes };
    } finally {
      await milkrun.kill();
    }
  });
}

async function latencyOfPeer({ cluster, sizes }: Bench, peer: Peer): Promise<Delays> {
  const { slots, overMs } = sizes.latency;
  return cluster.withDatabase(async ({ owner }) => {
    await createPeerTables(owner);
    const first = Math.ceil((Date.now() + LEAD_MS) / 1000) * 1000;
    const second = (nth: number) => first + Math.floor((nth * overMs) / slots / 1000) * 1000;
    const patterns = Array.from({ length: slots }, (_, nth) => dailyAt(second(nth), false)[nth % 5]).filter((pattern) => pattern !== undefined);
    const running = peer.start({ connection: owner, schedules: slots, patterns, dueAt: null });
    try {
      await running.expect("ready", WITHIN_MS);
      running.tell({ go: true });
      await running.expect("armed", WITHIN_MS);
      return await untilAllStarted(owner, "select extract(epoch from started_at - slot_at)::float * 1000 as ms from fired", slots, first + overMs);
    } finally {
      await running.kill();
    }
  });
}

async function untilAllStarted(owner: pg.ClientConfig, query: string, slots: number, lastAt: number): Promise<Delays> {
  return withClient(owner, async (client) => {
    for (;;) {
      const { rows } = await client.query<{ ms: number }>(query);
      if (rows.length >= slots || Date.now() > lastAt + WITHIN_MS) return rows.map(({ ms }) => ms).sort((a, b) => a - b);
      await sleep(LOOK_MS);
    }
  });
}

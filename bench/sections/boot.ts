import type { Bench } from "../bench";
import { arm, connectMilkrun, untilSlotsChecked } from "../milkrun-process";
import { patternsOfADay } from "../patterns";
import { CRONER, findApscheduler, GRAPHILE, NODE_CRON, type Peer } from "../peer-list";
import { forgetPeak, peakBytes, residentBytes } from "../process-use";
import { atMost, count, duration, megabytes, type SectionResult, spread, type Table } from "../report";
import { seedDatabase } from "../seed";
import { summarize } from "../statistics";

const WITHIN_MS = 300_000;
const MINUTE_MS = 60_000;
const MILKRUN = "Milkrun";
const BACKGROUND = "Milkrun, every slot checked in the background";

interface BootMeasure {
  tookMs: number;
  growthBytes: number | null;
}

type Measures = Map<string, BootMeasure[]>;

/** S3: from a process that is connected and idle to one whose schedules will all fire. */
export async function measureBoot(bench: Bench): Promise<SectionResult> {
  const sizes: { schedules: number; measures: Measures }[] = [];
  for (const size of bench.sizes.boot) sizes.push({ schedules: size.schedules, measures: await measureSize(bench, size) });
  const last = sizes.at(-1);
  const milkrun = last?.measures.get(MILKRUN) ?? [];
  const what = `boot to armed with ${count(last?.schedules ?? 0)} schedules`;
  return {
    section: "boot",
    tables: sizes.map(({ schedules, measures }) => toTable(schedules, measures)),
    verdicts: [
      atMost("S3", what, summarize(milkrun.map(({ tookMs }) => tookMs)).median, 1_000, duration),
      atMost("S3", `${what}: memory growth`, largestGrowth(milkrun), 20 * 2 ** 20, megabytes),
    ],
  };
}

async function measureSize(bench: Bench, { schedules, repeats }: Bench["sizes"]["boot"][number]): Promise<Measures> {
  const measures: Measures = new Map();
  const apscheduler = findApscheduler();
  const peers = [NODE_CRON, CRONER, GRAPHILE, ...(apscheduler ? [apscheduler] : [])].filter((peer) => schedules <= peer.most);
  const add = (name: string, measured: BootMeasure) => {
    bench.progress(`boot with ${count(schedules)}: ${name} took ${duration(measured.tookMs)}`);
    measures.set(name, [...(measures.get(name) ?? []), measured]);
  };
  for (let turn = 0; turn < repeats; turn++) {
    const { armed, checked } = await bootMilkrun(bench, schedules);
    add(MILKRUN, armed);
    add(BACKGROUND, checked);
    if (!bench.withPeers || (turn > 0 && schedules > 10_000)) continue;
    for (const peer of peers) add(peer.name, await bootPeer(bench, peer, schedules));
  }
  return measures;
}

/** A database as it is found after an upgrade of Node: every stored slot is checked against the zone rules, after the clock runs. */
async function bootMilkrun({ cluster }: Bench, schedules: number): Promise<{ armed: BootMeasure; checked: BootMeasure }> {
  return cluster.withDatabase(async ({ connection, owner }) => {
    await seedDatabase(owner, { schedules, patterns: patternsOfADay(new Date(Date.now() + MINUTE_MS)) });
    const milkrun = await connectMilkrun(connection);
    try {
      const resident = residentBytes(milkrun.pid);
      forgetPeak(milkrun.pid);
      const { tookMs } = await arm(milkrun);
      const armed = { tookMs, growthBytes: growthSince(milkrun.pid, resident) };
      const startedMs = performance.now();
      await untilSlotsChecked(owner);
      return { armed, checked: { tookMs: performance.now() - startedMs, growthBytes: growthSince(milkrun.pid, resident) } };
    } finally {
      await milkrun.kill();
    }
  });
}

function growthSince(pid: number, resident: number | null): number | null {
  const peak = peakBytes(pid);
  return peak === null || resident === null ? null : Math.max(0, peak - resident);
}

async function bootPeer({ cluster }: Bench, peer: Peer, schedules: number): Promise<BootMeasure> {
  return cluster.withDatabase(async ({ owner }) => {
    const patterns = patternsOfADay(new Date())
      .filter(({ zone }) => !peer.utcMinutesOnly || zone === "UTC")
      .map(({ expression, zone }) => ({ expression: `0 ${expression}`, zone }));
    const running = peer.start({ connection: owner, schedules, patterns, dueAt: null });
    try {
      await running.expect("ready", WITHIN_MS);
      const resident = residentBytes(running.pid);
      forgetPeak(running.pid);
      running.tell({ go: true });
      const { tookMs } = await running.expect<{ armed: number; tookMs: number }>("armed", WITHIN_MS);
      return { tookMs, growthBytes: growthSince(running.pid, resident) };
    } finally {
      await running.kill();
    }
  });
}

function largestGrowth(measures: readonly BootMeasure[]): number | null {
  const growth = measures.map(({ growthBytes }) => growthBytes).filter((bytes) => bytes !== null);
  return growth.length === 0 ? null : Math.max(...growth);
}

function toTable(schedules: number, measures: Measures): Table {
  const growth = (all: readonly BootMeasure[]) => {
    const bytes = largestGrowth(all);
    return bytes === null ? "–" : megabytes(bytes);
  };
  const took = (all: readonly BootMeasure[]) =>
    spread(
      all.map(({ tookMs }) => tookMs),
      duration,
    );
  return {
    title: `Boot: ${count(schedules)} schedules ready to fire`,
    columns: ["", "until armed", "memory growth"],
    rows: [...measures].map(([name, all]) => [name, took(all), growth(all)]),
    notes: ["Median (lowest – highest); memory: the worst. The check in the background runs once after an upgrade and daily; slots fire meanwhile."],
  };
}

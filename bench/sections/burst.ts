import type { Bench } from "../bench";
import { CRONER, findApscheduler, GRAPHILE, NODE_CRON, NODE_CRON_TOLERANT, type Peer } from "../peer-list";
import { atLeast, atMost, count, duration, megabytes, noneWrong, type SectionResult, spread, type Table, times, type Verdict } from "../report";
import { summarize } from "../statistics";
import { type BurstMeasure, burstFloor, burstMilkrun } from "./burst-milkrun";
import { burstPeer } from "./burst-peer";

const MILKRUN = "Milkrun";
const FLOOR = "bare SQL (floor)";

/** Every measure of one number of schedules, by what was measured. */
type Measures = Map<string, BurstMeasure[]>;

/** S1 and S2: every schedule is due at the same instant. */
export async function measureBurst(bench: Bench): Promise<SectionResult> {
  const sizes: { schedules: number; measures: Measures }[] = [];
  for (const size of bench.sizes.burst) sizes.push({ schedules: size.schedules, measures: await measureSize(bench, size) });
  return { section: "burst", tables: sizes.map(({ schedules, measures }) => toTable(schedules, measures)), verdicts: judge(sizes) };
}

/** In turns, so that what disturbs the machine disturbs everybody. */
async function measureSize(bench: Bench, { schedules, repeats, peerRepeats }: Bench["sizes"]["burst"][number]): Promise<Measures> {
  const measures: Measures = new Map();
  const apscheduler = findApscheduler();
  const peers = [NODE_CRON, NODE_CRON_TOLERANT, CRONER, GRAPHILE, ...(apscheduler ? [apscheduler] : [])].filter((peer) => schedules <= peer.most);
  const add = async (name: string, turn: number, measure: () => Promise<BurstMeasure>) => {
    const measured = await measure();
    bench.progress(`burst of ${count(schedules)}, turn ${turn + 1}: ${name} took ${duration(measured.tookMs)}`);
    measures.set(name, [...(measures.get(name) ?? []), measured]);
  };
  for (let turn = 0; turn < repeats; turn++) {
    await add(FLOOR, turn, async () => ({ tookMs: await burstFloor(bench, schedules), growthBytes: null, lost: 0, doubled: 0 }));
    await add(MILKRUN, turn, () => burstMilkrun(bench, schedules));
    if (!bench.withPeers || turn >= peerRepeats) continue;
    for (const peer of peers) if (!isTooSlow(peer, schedules)) await add(peer.name, turn, () => burstPeer(bench, peer, schedules));
  }
  return measures;
}

/** Its workers take minutes for more, one job at a time. */
const isTooSlow = (peer: Peer, schedules: number) => peer === GRAPHILE && schedules > 10_000;

const median = (measures: readonly BurstMeasure[] | undefined) => (measures ? summarize(measures.map(({ tookMs }) => tookMs)).median : null);

function toTable(schedules: number, measures: Measures): Table {
  const milkrun = median(measures.get(MILKRUN)) ?? Number.NaN;
  const rows = [...measures].map(([name, all]) => {
    const growth = all.map(({ growthBytes }) => growthBytes).filter((bytes) => bytes !== null);
    return [
      name,
      spread(
        all.map(({ tookMs }) => tookMs),
        duration,
      ),
      times((median(all) ?? Number.NaN) / milkrun),
      name === FLOOR ? "–" : count(Math.max(...all.map(({ lost }) => lost))),
      name === FLOOR ? "–" : count(Math.max(...all.map(({ doubled }) => doubled))),
      growth.length === 0 ? "–" : megabytes(Math.max(...growth)),
    ];
  });
  return {
    title: `Burst: ${count(schedules)} schedules due at one instant`,
    columns: ["", "until the last was recorded", "of Milkrun's time", "lost", "doubled", "memory growth"],
    rows,
    notes: ["Median (lowest – highest). Lost, doubled and memory: the worst."],
  };
}

function judge(sizes: readonly { schedules: number; measures: Measures }[]): Verdict[] {
  const [first] = sizes;
  const last = sizes.at(-1);
  if (!first || !last) return [];
  const ratio = (name: string) => {
    const peer = median(first.measures.get(name));
    return peer === null ? null : peer / (median(first.measures.get(MILKRUN)) ?? Number.NaN);
  };
  const what = `burst of ${count(first.schedules)}`;
  return [
    atMost("S1", what, median(first.measures.get(MILKRUN)), 800, duration),
    atLeast("S1", `${what}, node-cron with tolerance beside it`, ratio(NODE_CRON_TOLERANT.name), 4, times),
    atLeast("S1", `${what}, APScheduler beside it`, ratio("APScheduler, grace 1 h"), 8, times),
    ...sizes.flatMap(({ schedules, measures }) => judgeSize(schedules, measures)),
    atMost("S2", `cost per slot, ${count(first.schedules)} → ${count(last.schedules)}`, costPerSlot(last) / costPerSlot(first), 1.3, times),
  ];
}

const costPerSlot = ({ schedules, measures }: { schedules: number; measures: Measures }) => (median(measures.get(MILKRUN)) ?? Number.NaN) / schedules;

function judgeSize(schedules: number, measures: Measures): Verdict[] {
  const milkrun = measures.get(MILKRUN) ?? [];
  const what = `burst of ${count(schedules)}`;
  const growth = milkrun.map(({ growthBytes }) => growthBytes).filter((bytes) => bytes !== null);
  const wrong = Math.max(...milkrun.map(({ lost, doubled }) => lost + doubled));
  return [
    noneWrong("S2", what, wrong),
    atMost("S2", `${what}: of the bare SQL's time`, (median(milkrun) ?? Number.NaN) / (median(measures.get(FLOOR)) ?? Number.NaN), 2, times),
    atMost("S2", `${what}: memory growth`, growth.length === 0 ? null : Math.max(...growth), 60 * 2 ** 20, megabytes),
  ];
}

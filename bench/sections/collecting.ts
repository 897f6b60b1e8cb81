import { bundleSandboxChild } from "@/testing/sandbox-child";
import type { Bench } from "../bench";
import { type MeasuredProcess, startNode } from "../measured-process";
import { atLeast, atMost, count, duration, percent, type SectionResult, spread, type Verdict } from "../report";
import { summarize } from "../statistics";

const WITHIN_MS = 300_000;
/** A run collects four sources at a time. */
const PER_RUN = 4;
const RUNS = 8;

interface Timed {
  tookMs: number;
}

interface Fetched extends Timed {
  unchanged: number;
}

interface Collected extends Fetched {
  processorMs: number;
  failed: number;
  items: number;
}

/** One turn: what was changed, and then nothing. */
interface Turn {
  bareChanged: Fetched;
  bareUnchanged: Fetched;
  storedChanged: Timed;
  storedUnchanged: Timed;
  changed: Collected;
  unchanged: Collected;
}

/** S8: feeds that all changed, and feeds of which none did, beside bare fetches of the same addresses, and beside the bare SQL that keeps as much. */
export async function measureCollecting(bench: Bench): Promise<SectionResult> {
  const { feeds, items, repeats } = bench.sizes.collecting;
  const { first, turns } = await bench.cluster.withDatabase(async ({ connection, owner }) => {
    const site = startNode("feed-site", { items });
    const running = [site];
    try {
      const { port } = await site.expect<{ port: number }>("port", WITHIN_MS);
      const bare = startNode("bare-fetch", { port, feeds, parallel: PER_RUN * RUNS });
      running.push(bare);
      const store = startNode("bare-store", { connection: owner, feeds, items, parallel: PER_RUN * RUNS });
      running.push(store);
      const milkrun = startNode("milkrun-collecting", { connection, port, childPath: await bundleSandboxChild(), feeds, runs: RUNS });
      running.push(milkrun);
      await Promise.all([bare, store, milkrun].map((one) => one.expect("ready", WITHIN_MS)));
      return await measureTurns(bench, { site, bare, store, milkrun }, repeats);
    } finally {
      await Promise.all(running.map((one) => one.kill()));
    }
  });
  return { section: "collecting", tables: [toTable(bench, first, turns)], verdicts: judge(bench, first, turns) };
}

type Programs = Record<"site" | "bare" | "store" | "milkrun", MeasuredProcess>;

async function measureTurns({ progress }: Bench, { site, bare, store, milkrun }: Programs, repeats: number) {
  const fetchBare = async () => {
    bare.tell({ go: true });
    return (await bare.expect<{ fetched: Fetched }>("fetched", WITHIN_MS)).fetched;
  };
  const storeBare = async (changed: boolean) => {
    store.tell({ changed });
    return (await store.expect<{ stored: Timed }>("stored", WITHIN_MS)).stored;
  };
  const collect = async () => {
    milkrun.tell({ go: true });
    return (await milkrun.expect<{ collected: Collected }>("collected", WITHIN_MS)).collected;
  };
  // Makes the parsers' processes and the connections, too.
  await fetchBare();
  const first = await collect();
  const turns: Turn[] = [];
  for (let turn = 0; turn < repeats; turn++) {
    site.tell({ next: true });
    await site.expect("round", WITHIN_MS);
    const [bareChanged, bareUnchanged] = [await fetchBare(), await fetchBare()];
    const [storedChanged, storedUnchanged] = [await storeBare(true), await storeBare(false)];
    const [changed, unchanged] = [await collect(), await collect()];
    progress(`collecting, turn ${turn + 1}: ${duration(changed.tookMs)} changed, ${duration(unchanged.tookMs)} unchanged`);
    turns.push({ bareChanged, bareUnchanged, storedChanged, storedUnchanged, changed, unchanged });
  }
  return { first, turns };
}

const perSecond = (value: number) => `${count(Math.round(value))}/s`;

function toTable({ sizes }: Bench, first: Collected, turns: readonly Turn[]) {
  const { feeds, items } = sizes.collecting;
  const inTurns = (of: keyof Turn) => turns.map((turn) => turn[of]);
  const rows: [string, readonly (Timed | Collected)[], number][] = [
    ["bare undici, changed", inTurns("bareChanged"), 0],
    ["bare SQL, all items changed", inTurns("storedChanged"), items],
    ["Milkrun, all items new (first run)", [first], items],
    ["Milkrun, all items changed", inTurns("changed"), items],
    ["bare undici, 304", inTurns("bareUnchanged"), 0],
    ["bare SQL, 304", inTurns("storedUnchanged"), 0],
    ["Milkrun, 304", inTurns("unchanged"), 0],
  ];
  return {
    title: `Collecting: ${count(feeds)} feeds of ${items} items from one server, ${PER_RUN * RUNS} at a time`,
    columns: ["", "sources", "items", "processor time a source"],
    rows: rows.map(([name, all, itemsEach]) => [name, ...cellsOf(feeds, all, itemsEach)]),
    notes: [
      "The bare SQL fetches and compares nothing: one statement and one commit a source, into tables with nothing but their keys.",
      `${RUNS} runs at once, as no organization has two. The server is on this machine, where there are no turns and pauses between requests; the processor time is that of Milkrun's own process, without its parsers and the database.`,
    ],
  };
}

function cellsOf(feeds: number, all: readonly (Timed | Collected)[], itemsEach: number): string[] {
  const times = all.map(({ tookMs }) => tookMs);
  return [
    spread(
      times.map((tookMs) => (feeds / tookMs) * 1_000),
      perSecond,
    ),
    itemsEach === 0 ? "–" : perSecond((feeds * itemsEach * 1_000) / summarize(times).median),
    ...all.slice(0, 1).map((one) => ("processorMs" in one ? duration(one.processorMs / feeds) : "–")),
  ];
}

function judge({ sizes }: Bench, first: Collected, turns: readonly Turn[]): Verdict[] {
  const { feeds, items } = sizes.collecting;
  const ratio = (pairs: readonly [Fetched, Fetched][]) => summarize(pairs.map(([bare, milkrun]) => bare.tookMs / milkrun.tookMs)).median;
  const wrong = [first, ...turns.map(({ changed }) => changed)].reduce((sum, { failed, items: saved }) => sum + failed + Math.abs(feeds * items - saved), 0);
  const notUnchanged = turns.reduce((sum, { unchanged, bareUnchanged }) => sum + 2 * feeds - unchanged.unchanged - bareUnchanged.unchanged, 0);
  return [
    { ...atMost("S8", "sources that failed, items that are lacking, 304s that are none", wrong + notUnchanged, 0, count), isCorrectness: true },
    atLeast("S8", "changed sources, of bare fetches", ratio(turns.map(({ bareChanged, changed }) => [bareChanged, changed])), 0.4, percent),
    atLeast("S8", "unchanged sources, of bare fetches", ratio(turns.map(({ bareUnchanged, unchanged }) => [bareUnchanged, unchanged])), 0.6, percent),
  ];
}

import { TIME_ZONE_IDS } from "@/domain/time-zone";
import type { Bench } from "../bench";
import { startNode } from "../measured-process";
import { ZONES } from "../patterns";
import { atLeast, atMost, count, duration, type SectionResult, times } from "../report";
import { quantile } from "../statistics";

const WITHIN_MS = 600_000;
const AFTER = "2026-11-23T10:00:00Z";
/** Frequent and rare, fixed and by interval, with every kind of day. */
const EXPRESSIONS = [
  ...["* * * * *", "*/15 * * * *", "0 7 * * 1-5", "30 2 * * *", "0 9,17 * * *", "0 0 1 * *", "0 0 L * *", "0 9 13 * 5"],
  ...["59 23 31 12 *", "0 12 * * 5#2", "0 6 * * 5L", "0 0 29 2 *"],
];
/** What all three engines read alike. */
const SHARED = EXPRESSIONS.filter((expression) => !expression.includes("29 2"));
const COUNTS = [1, 10, 1_000];

interface Row {
  engine: string;
  what: string;
  slots: number;
  medians: number[];
}

/** S6: the next 1, 10 and 1,000 slots. */
export async function measureOccurrences(bench: Bench): Promise<SectionResult> {
  const rows: Row[] = [];
  for (const slots of COUNTS) {
    const zones = bench.sizes.occurrences.everyZone ? zonesFor(slots) : [...ZONES];
    rows.push(await measure(bench, { engine: "milkrun", slots, zones, expressions: EXPRESSIONS, what: `${zones.length} zones` }));
    for (const engine of bench.withPeers ? ["milkrun", "cron-parser", "croner"] : []) {
      rows.push(await measure(bench, { engine, slots, zones: [...ZONES], expressions: SHARED, what: "5 zones" }));
    }
  }
  return { section: "occurrences", tables: [toTable(rows)], verdicts: judge(rows) };
}

/** All of them where that is quick, else one in ten. */
const zonesFor = (slots: number) => TIME_ZONE_IDS.filter((_, nth) => slots < 1_000 || nth % 10 === 0);

/** One round is enough of what takes seconds a pair. */
const roundsFor = (bench: Bench, engine: string, slots: number) => (engine !== "milkrun" && slots >= 1_000 ? 1 : bench.sizes.occurrences.rounds);

async function measure(
  bench: Bench,
  task: { engine: string; slots: number; zones: readonly string[]; expressions: readonly string[]; what: string },
): Promise<Row> {
  const { engine, slots, zones, expressions, what } = task;
  bench.progress(`occurrences: ${engine}, the next ${count(slots)} in ${what}`);
  const child = startNode("occurrences", { engine, zones, expressions, count: slots, rounds: roundsFor(bench, engine, slots), after: AFTER });
  try {
    const { medians } = await child.expect<{ medians: number[] }>("medians", WITHIN_MS);
    return { engine, what, slots, medians: medians.sort((a, b) => a - b) };
  } finally {
    await child.kill();
  }
}

function toTable(rows: readonly Row[]) {
  return {
    title: "Occurrences: the next slots of an expression in a zone, warm",
    columns: ["engine", "slots", "measured in", "p50", "p99", "slowest pair"],
    rows: rows.map(({ engine, slots, what, medians }) => [
      engine === "milkrun" ? "Milkrun" : engine,
      count(slots),
      what,
      duration(quantile(medians, 0.5)),
      duration(quantile(medians, 0.99)),
      duration(quantile(medians, 1)),
    ]),
    notes: [
      `${EXPRESSIONS.length} expressions; in the rows of 5 zones ${SHARED.length}, which all engines read alike. Each pair's time is the median of its rounds.`,
    ],
  };
}

function judge(rows: readonly Row[]) {
  const find = (engine: string, slots: number, what: string) => rows.find((row) => row.engine === engine && row.slots === slots && row.what === what);
  const widest = (slots: number) => rows.find((row) => row.engine === "milkrun" && row.slots === slots)?.medians ?? [];
  const ratio = (engine: string, slots: number) => {
    const [peer, ours] = [find(engine, slots, "5 zones"), find("milkrun", slots, "5 zones")];
    return peer && ours ? quantile(peer.medians, 0.5) / quantile(ours.medians, 0.5) : null;
  };
  return [
    atMost("S6", "the next 10 slots, slowest pair", quantile(widest(10), 1), 0.5, duration),
    atMost("S6", "the next 1,000 slots, slowest pair", quantile(widest(1_000), 1), 20, duration),
    ...["cron-parser", "croner"].flatMap((engine) =>
      COUNTS.map((slots) => atLeast("S6", `${engine} beside it, ${count(slots)} slots`, ratio(engine, slots), 1, times)),
    ),
  ];
}

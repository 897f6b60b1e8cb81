import { CronExpressionParser } from "cron-parser";
import { Cron } from "croner";
import { nextOccurrence, occurrences } from "@/domain/occurrences";
import { hear, say } from "../child";

/** Finds the next slots of an expression in a zone after an instant. */
type Engine = (expression: string, zone: string, after: Date, count: number) => unknown;

const ENGINES: Record<string, Engine> = {
  milkrun: (expression, zone, after, count) => (count === 1 ? nextOccurrence(expression, zone, after) : occurrences(expression, zone, after, count)),
  "cron-parser": (expression, zone, after, count) => CronExpressionParser.parse(expression, { tz: zone, currentDate: after }).take(count),
  croner: (expression, zone, after, count) => new Cron(expression, { timezone: zone }).nextRuns(count, after),
};

interface Task {
  engine: string;
  expressions: readonly string[];
  zones: readonly string[];
  count: number;
  rounds: number;
  after: string;
}

/** Median milliseconds of each pair of expression and zone, after a round that warms up. */
function measure({ engine, expressions, zones, count, rounds, after }: Task): number[] {
  const find = ENGINES[engine];
  if (!find) throw new Error(`There is no engine ${engine}.`);
  const from = new Date(after);
  const pairs = zones.flatMap((zone) => expressions.map((expression) => ({ expression, zone, times: [] as number[] })));
  for (let round = 0; round <= rounds; round++) {
    for (const { expression, zone, times } of pairs) {
      const startedMs = performance.now();
      find(expression, zone, from, count);
      if (round > 0) times.push(performance.now() - startedMs);
    }
  }
  return pairs.map(({ times }) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN);
}

for (;;) say({ medians: measure(await hear<Task>()) });

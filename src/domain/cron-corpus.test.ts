import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { CORPUS_DIFFERENCES } from "@/testing/cron-corpus-differences";
import { parseCron } from "./cron-expression";
import { CRON_FIELDS, type CronField } from "./cron-fields";
import { occurrences, walkOccurrences } from "./occurrences";

/** Where the published cases lie beside a checkout that has them. They are not part of the project. */
const CORPUS = resolve(process.cwd(), "../shared/fixtures/cron");
const FILES = ["cron-parser", "croner", "cronexpr", "croniter", "cronos", "robfig"];
const DAY_MS = 86_400_000;

interface CorpusCase {
  id: string;
  kind: "next" | "prev" | "match" | "invalid" | "valid" | "equivalent" | "canonical" | "field-set";
  dialect: string;
  expression: string;
  expression_without_tz?: string;
  timezone: string;
  from: string;
  inclusive?: boolean;
  expected: string[] | boolean;
  portable?: boolean;
  equivalent_to?: string;
  canonical?: string;
  field?: string;
  values?: number[];
}

function readCorpus(): CorpusCase[] {
  return FILES.flatMap((file) =>
    readFileSync(resolve(CORPUS, `${file}.jsonl`), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as CorpusCase),
  );
}

/** Upstream knows ticks of 100 ns. What lies beyond the millisecond only says that `from` is later than its millisecond. */
function startOf({ from, inclusive }: CorpusCase): Date {
  const hasTicks = /\.\d{3}\d*[1-9]/.test(from);
  return new Date(Date.parse(from.replace(/(\.\d{3})\d+/, "$1")) - (inclusive && !hasTicks ? 1 : 0));
}

function previous(expression: string, timeZone: string, before: Date, count: number): Date[] {
  for (let days = 1; days < 3_000; days *= 3) {
    const found: Date[] = [];
    for (const { atMs } of walkOccurrences(expression, timeZone, new Date(before.getTime() - days * DAY_MS))) {
      if (atMs >= before.getTime()) break;
      found.push(new Date(atMs));
    }
    if (found.length >= count) return found.slice(-count).reverse();
  }
  return [];
}

const iso = (dates: readonly (Date | string)[]): string => dates.map((date) => new Date(date).toISOString()).join(" ");

/** The five fields' values, or why there are none. */
function valuesOf(text: string): string {
  const parsed = parseCron(text);
  if (!parsed.ok) return `refused: ${parsed.message}`;
  const { lastDayOfMonth, nthWeekdays, lastWeekdays } = parsed.expression;
  return JSON.stringify([...CRON_FIELDS.map((field) => parsed.expression[field].values), lastDayOfMonth, nthWeekdays, lastWeekdays]);
}

/** The same for what upstream says in our notation; where that is itself beyond our dialect, nothing can equal it. */
function upstreamValuesOf(text = ""): string {
  return parseCron(text).ok ? valuesOf(text) : `upstream writes ${text}`;
}

const FIELD_NAMES: Record<string, CronField> = { dom: "dayOfMonth", dow: "dayOfWeek", minute: "minute", hour: "hour", month: "month" };

/** What we answer to a case and what upstream does, in one notation. */
function answers(item: CorpusCase): { ours: string; theirs: string } {
  const expression = item.expression_without_tz ?? item.expression;
  const parsed = parseCron(expression);
  if (item.kind === "invalid") return { ours: parsed.ok ? "accepted" : "refused", theirs: "refused" };
  if (item.kind === "valid") return { ours: parsed.ok ? "accepted" : "refused", theirs: "accepted" };
  if (item.kind === "canonical") return { ours: valuesOf(expression), theirs: upstreamValuesOf(item.canonical) };
  if (item.kind === "equivalent") return { ours: valuesOf(expression), theirs: upstreamValuesOf(item.equivalent_to) };
  if (item.kind === "field-set") {
    const field = FIELD_NAMES[item.field ?? ""];
    return { ours: parsed.ok && field ? `${parsed.expression[field].values}` : "refused", theirs: `${item.values}` };
  }
  // `0 0 30 2 *` is refused by the form but has an answer here: none.
  if (!parsed.ok && !parsed.message.startsWith("This never runs")) return { ours: `refused: ${parsed.message}`, theirs: JSON.stringify(item.expected) };
  return occurrenceAnswers(item, expression);
}

function occurrenceAnswers(item: CorpusCase, expression: string): { ours: string; theirs: string } {
  if (typeof item.expected === "boolean") {
    const at = new Date(item.from);
    const [first] = occurrences(expression, item.timezone, new Date(at.getTime() - 1), 1);
    return { ours: String(first?.getTime() === at.getTime()), theirs: String(item.expected) };
  }
  const count = Math.max(1, item.expected.length);
  const found = item.kind === "prev" ? previous(expression, item.timezone, startOf(item), count) : occurrences(expression, item.timezone, startOf(item), count);
  return { ours: iso(found), theirs: iso(item.expected) };
}

/** A dialect with seconds first says the same as five fields when the seconds are 0. */
function withoutSeconds(item: CorpusCase): CorpusCase | null {
  if (!/^(cronos|croner|cron-parser)-6$|^robfig-v3-sec6$/.test(item.dialect) || item.expression_without_tz) return null;
  const [expression, equivalent, canonical] = [item.expression, item.equivalent_to, item.canonical].map(
    (text) => text?.trim().match(/^0\s+(\S+(?:\s+\S+){4})$/)?.[1],
  );
  if (expression === undefined || (item.equivalent_to && !equivalent) || (item.canonical && !canonical)) return null;
  return { ...item, expression, equivalent_to: equivalent ?? "", canonical: canonical ?? "" };
}

const isPresent = existsSync(CORPUS);
const corpus = isPresent ? readCorpus() : [];
const fiveFields = corpus.flatMap((item) => (item.dialect.endsWith("5") ? [item] : (withoutSeconds(item) ?? [])));
const reasons = new Map(
  Object.entries(CORPUS_DIFFERENCES).flatMap(([reason, ids]) =>
    ids
      .trim()
      .split(/\s+/)
      .map((id) => [id, reason] as const),
  ),
);

describe.skipIf(!isPresent)(
  isPresent ? "the published cron cases" : "the published cron cases (skipped: ../shared/fixtures/cron is not beside this checkout)",
  () => {
    it("include hundreds that say something about five fields", () => {
      expect(corpus.filter((item) => item.portable).length).toBeGreaterThan(140);
      expect(fiveFields.length).toBeGreaterThan(700);
    });

    it.each(corpus.filter((item) => item.portable))("portable $id `$expression` from $from", (item) => {
      const { ours, theirs } = answers(item);
      expect(ours).toBe(theirs);
    });

    it("agree with us except where the list of differences says why", () => {
      const unexplained = fiveFields.filter((item) => !reasons.has(item.id)).map((item) => ({ ...answers(item), item }));
      const differing = unexplained
        .filter(({ ours, theirs }) => ours !== theirs)
        .map(({ ours, theirs, item }) => `${item.id} ${item.kind} \`${item.expression}\` ${item.timezone} ${item.from}: ours ${ours}, theirs ${theirs}`);
      expect(differing).toEqual([]);
    });

    it("still differ from us wherever the list of differences says so", () => {
      const known = new Map(fiveFields.map((item) => [item.id, item]));
      const outdated = [...reasons.keys()].filter((id) => {
        const item = known.get(id);
        if (item === undefined) return true;
        const { ours, theirs } = answers(item);
        return ours === theirs;
      });
      expect(outdated).toEqual([]);
    });
  },
);

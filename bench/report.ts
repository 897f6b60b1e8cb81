import { type Sample, summarize } from "./statistics";

export interface Table {
  title: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
  notes?: readonly string[];
}

/** Whether a bar of ours holds, and by how much. */
export interface Verdict {
  bar: string;
  what: string;
  measured: string;
  limit: string;
  /** Null: it could not be measured here. */
  met: boolean | null;
  /** It is about right and wrong, so neither the size nor the machine excuses it. */
  isCorrectness?: true;
}

export interface SectionResult {
  section: string;
  tables: Table[];
  verdicts: Verdict[];
}

/** As GitHub renders it and a terminal shows it. */
export function renderTable({ title, columns, rows, notes = [] }: Table): string {
  const all = [columns, ...rows];
  const widths = columns.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${widths.map((width, column) => (row[column] ?? "").padEnd(width)).join(" | ")} |`;
  const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`;
  return [`### ${title}`, "", line(columns), rule, ...rows.map(line), "", ...notes.map((note) => `${note}\n`)].join("\n");
}

export function renderVerdicts(verdicts: readonly Verdict[]): string {
  const said = (met: boolean | null) => (met === null ? "not measured" : met ? "met" : "MISSED");
  return renderTable({
    title: "Bars",
    columns: ["bar", "what", "measured", "limit", "verdict"],
    rows: verdicts.map(({ bar, what, measured, limit, met }) => [bar, what, measured, limit, said(met)]),
  });
}

/** A verdict on "at most this". */
export function atMost(bar: string, what: string, value: number | null, limit: number, unit: (value: number) => string): Verdict {
  return { bar, what, measured: value === null ? "–" : unit(value), limit: `≤ ${unit(limit)}`, met: value === null ? null : value <= limit };
}

/** A verdict on slots that have no row or more than one. */
export function noneWrong(bar: string, what: string, wrong: number): Verdict {
  return { ...atMost(bar, `${what}: lost or doubled`, wrong, 0, count), isCorrectness: true };
}

/** A verdict on "at least this". */
export function atLeast(bar: string, what: string, value: number | null, limit: number, unit: (value: number) => string): Verdict {
  return { bar, what, measured: value === null ? "–" : unit(value), limit: `≥ ${unit(limit)}`, met: value === null ? null : value >= limit };
}

export const count = (value: number) => value.toLocaleString("en-US");
export const times = (value: number) => `${value.toFixed(value < 10 ? 2 : 1)}×`;
export const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MB`;
export const percent = (share: number) => `${(share * 100).toFixed(2)} %`;

/** Milliseconds as a person reads them. */
export function duration(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms >= 1_000) return `${(ms / 1000).toFixed(2)} s`;
  return ms >= 10 ? `${ms.toFixed(0)} ms` : `${ms.toFixed(ms >= 1 ? 1 : 3)} ms`;
}

/** The median, with the lowest and the highest where there are several. */
export function spread(values: readonly number[], unit: (value: number) => string): string {
  const { median, low, high, count: measured }: Sample = summarize(values);
  return measured === 1 ? `${unit(median)} (once)` : `${unit(median)} (${unit(low)} – ${unit(high)})`;
}

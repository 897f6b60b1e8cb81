import type { FaultKind } from "./soak-faults";
import type { SoakResult } from "./soak-result";

/** Recovery must not take longer. */
const SLOWEST_RECOVERY_MS = 60_000;

/** Everything that a soak has to say. */
export interface SoakReport extends SoakResult {
  minutes: number;
  seed: number;
  organizations: number;
  /** Processes and database servers that were killed. */
  kills: number;
  faults: Partial<Record<FaultKind, number>>;
  /** Milliseconds from a kill to the run that it interrupted being worked on again. */
  recoveriesMs: number[];
  /** Milliseconds from the last fault until every run had ended; null when some had not after a minute. */
  settledMs: number | null;
  /** What processes did that nobody asked for. */
  troubles: readonly string[];
}

/** Everything that breaks a promise, one sentence each; none when the soak succeeded. */
export function listFailures(report: SoakReport): string[] {
  const slowest = Math.max(0, ...report.recoveriesMs);
  return [
    ...report.violations.map(({ rule, detail }) => `${rule}: ${detail}`),
    ...report.troubles,
    ...(slowest > SLOWEST_RECOVERY_MS ? [`A run waited ${seconds(slowest)} after the end of its worker.`] : []),
    ...(report.settledMs === null ? ["Some runs had not ended a minute after the last fault."] : []),
    ...(accounted(report) ? [] : ["The ledger's counts do not add up to the slots that were due."]),
  ];
}

function accounted({ slots }: SoakReport): boolean {
  return slots.due === slots.onTime + slots.late + slots.skipped + slots.missed + slots.superseded + slots.lost - slots.doubled;
}

/** The report as a Markdown table. */
export function formatReport(report: SoakReport): string {
  const { slots, items } = report;
  const rows: [string, string][] = [
    ["duration, organizations, seed", `${report.minutes} min, ${report.organizations}, ${report.seed}`],
    ["kills", String(report.kills)],
    ...Object.entries(report.faults).map(([kind, count]): [string, string] => [`– ${kind}`, String(count)]),
    ["slots due", count(slots.due)],
    ["– on time (within 60 s)", count(slots.onTime)],
    ["– late", count(slots.late)],
    ["– skipped, as the run before was still going", count(slots.skipped)],
    ["– superseded by a newer slot", count(slots.superseded)],
    ["– missed", count(slots.missed)],
    ["– **lost**", `**${slots.lost}**`],
    ["– **doubled**", `**${slots.doubled}**`],
    ["peak lateness", seconds(report.peakLatenessMs)],
    ["runs", describeRuns(report.runs)],
    ["items expected / stored / doubled", `${count(items.expected)} / ${count(items.stored)} / ${items.doubled}`],
    ["runs interrupted by a kill", String(report.recoveriesMs.length)],
    ["– taken up again after, median / slowest", `${seconds(median(report.recoveriesMs))} / ${seconds(Math.max(0, ...report.recoveriesMs))}`],
    ["all runs ended after the last fault", report.settledMs === null ? "no" : `after ${seconds(report.settledMs)}`],
  ];
  return ["| | |", "|---|---|", ...rows.map(([what, value]) => `| ${what} | ${value} |`)].join("\n");
}

function describeRuns(runs: Record<string, number>): string {
  return Object.entries(runs)
    .filter(([status]) => status !== "skipped" && status !== "missed")
    .sort(([, a], [, b]) => b - a)
    .map(([status, number]) => `${count(number)} ${status.replace("_", " ")}`)
    .join(", ");
}

const count = (value: number) => value.toLocaleString("en");
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** The middle value, 0 when there is none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

import { formatCount } from "@/ui/display/count";
import { formatDuration } from "@/ui/time/duration";
import type { SlotHour, SlotRecord } from "./system-readings";
import type { Reading } from "./system-tile";

export type SlotCounts = Omit<SlotHour, "startsAt">;
export type SlotOutcome = keyof SlotCounts;

/** From the best to the worst. */
export const SLOT_OUTCOMES = ["onTime", "superseded", "skipped", "late", "missed"] as const satisfies readonly SlotOutcome[];

const WORDS: Record<SlotOutcome, string> = { onTime: "on time", superseded: "passed over", skipped: "skipped", late: "late", missed: "missed" };

/** What became of the slots of all these hours. */
export function addHours(hours: readonly SlotCounts[]): SlotCounts {
  const sum = (outcome: SlotOutcome) => hours.reduce((total, hour) => total + hour[outcome], 0);
  return { onTime: sum("onTime"), superseded: sum("superseded"), skipped: sum("skipped"), late: sum("late"), missed: sum("missed") };
}

/** The worst thing that happened to one of these slots; null when there was none. */
export function worstOutcome(counts: SlotCounts): SlotOutcome | null {
  return SLOT_OUTCOMES.findLast((outcome) => counts[outcome] > 0) ?? null;
}

/** "58 on time, 2 late"; "no slots" when there was none. */
export function countWords(counts: SlotCounts): string {
  const parts = SLOT_OUTCOMES.filter((outcome) => counts[outcome] > 0).map((outcome) => `${formatCount(counts[outcome])} ${WORDS[outcome]}`);
  return parts.length === 0 ? "no slots" : parts.join(", ");
}

/** How the clock has kept its word since yesterday. */
export function readSlots(record: SlotRecord): Reading {
  const counts = addHours(record.hours);
  const worst = worstOutcome(counts);
  if (worst === null) return { state: "quiet", word: "None due", detail: "No schedule was due." };
  const detail = record.lateness ? shortLateness(record.lateness) : "None was dispatched.";
  if (worst === "missed" || worst === "late") return { state: "warning", word: `${formatCount(counts[worst])} ${WORDS[worst]}`, detail };
  return { state: "good", word: "On time", detail };
}

type Lateness = NonNullable<SlotRecord["lateness"]>;

function shortLateness({ p50Ms, p95Ms, includesSpread }: Lateness): string {
  return `Dispatched ${formatDuration(p50Ms)} (p50) and ${formatDuration(p95Ms)} (p95) after their time${includesSpread ? ", spread included" : ""}.`;
}

/** The percentiles in words, "p50" and "p95" for those who look for them. */
export function latenessWords({ p50Ms, p95Ms, maxMs, includesSpread }: Lateness): string {
  const within = `Half were dispatched within ${formatDuration(p50Ms)} of their time (p50), 95 of 100 within ${formatDuration(p95Ms)} (p95)`;
  const words = `${within}, the latest after ${formatDuration(maxMs)}.`;
  return includesSpread ? `${words} Some schedules have a spread, which is part of it.` : words;
}

import { describeCronParts } from "@/domain/describe-cron";
import type { Preset } from "@/domain/preset";
import { spreadWords } from "@/domain/spread-words";
import { timeZoneCity } from "@/domain/time-zone";
import type { ScheduleDraft } from "./schedule-draft";

type Named = Pick<Preset, "id" | "name">;

/** What the fields are called in sentences. */
export const FIELD_NAMES: Record<keyof ScheduleDraft, string> = {
  cronExpression: "cron expression",
  timeZone: "time zone",
  presetId: "preset",
  missedPolicy: "missed runs",
  runLimitMinutes: "run limit",
  spreadMs: "spread",
};

/** The fields in which two drafts differ, in the order of the page. */
export function differingFields(one: ScheduleDraft, other: ScheduleDraft): (keyof ScheduleDraft)[] {
  const order: (keyof ScheduleDraft)[] = ["presetId", "cronExpression", "timeZone", "missedPolicy", "runLimitMinutes", "spreadMs"];
  return order.filter((name) => one[name] !== other[name]);
}

/** One field's value in a sentence: "20 minutes", "run once", "Morning news". */
export function fieldWords(name: keyof ScheduleDraft, draft: ScheduleDraft, presets: readonly Named[]): string {
  switch (name) {
    case "cronExpression":
      return draft.cronExpression;
    case "timeZone":
      return draft.timeZone;
    case "presetId":
      return presets.find(({ id }) => id === draft.presetId)?.name ?? "no preset";
    case "missedPolicy":
      return draft.missedPolicy === "skip" ? "skip" : "run once";
    case "runLimitMinutes":
      return limitWords(draft.runLimitMinutes.trim());
    case "spreadMs":
      return lowerFirst(spreadWords(draft.spreadMs));
  }
}

/** What a person changed: "time 02:30 → 03:30", "preset Morning news → Prices". */
export function changesInWords(before: ScheduleDraft, after: ScheduleDraft, presets: readonly Named[]): string[] {
  return differingFields(before, after).flatMap((name) => {
    if (name === "cronExpression") return cronChanges(before.cronExpression, after.cronExpression);
    if (name === "timeZone") return change("time zone", ...apart(before.timeZone, after.timeZone));
    return change(FIELD_NAMES[name], fieldWords(name, before, presets), fieldWords(name, after, presets));
  });
}

/** By times and days where the words show the difference; else by the texts, which also hold what cannot be read. */
function cronChanges(before: string, after: string): string[] {
  const [from, to] = [describeCronParts(before), describeCronParts(after)];
  if (!from || !to) return [change(FIELD_NAMES.cronExpression, before, after)];
  const parts = [
    ...(from.times === to.times ? [] : [change("time", from.times, to.times)]),
    ...(from.days === to.days ? [] : [change("days", from.days, to.days)]),
  ];
  return parts.length > 0 ? parts : [change(FIELD_NAMES.cronExpression, before, after)];
}

/** Two zones by their cities, or by their ids where the cities are the same. */
function apart(before: string, after: string): [string, string] {
  const cities: [string, string] = [timeZoneCity(before), timeZoneCity(after)];
  return cities[0] === cities[1] ? [before, after] : cities;
}

function change(field: string, from: string, to: string): string {
  return `${field} ${from} → ${to}`;
}

function limitWords(minutes: string): string {
  if (minutes === "") return "the server's limit";
  return minutes === "1" ? "1 minute" : `${minutes} minutes`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

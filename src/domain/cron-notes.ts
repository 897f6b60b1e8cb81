import { DAY_MS } from "./calendar-days";
import { type CronErrorField, type CronExpression, type CronFieldReading, getCronExpression, type ParsedCron, parseCron } from "./cron-expression";
import { CRON_FIELD_RULES, CRON_FIELDS, type CronField, MONTH_NAMES } from "./cron-fields";
import { describeEither } from "./describe-days";
import { formatDuration, formatInZone } from "./format-time";
import { nextOccurrence, occurrences } from "./occurrences";

/** Something worth knowing before saving; it doesn't block. */
export interface CronNote {
  field: CronErrorField;
  message: string;
}

const FAR_AWAY_MS = 35 * DAY_MS;
const SPACING_SAMPLE = 200;
/** Two hundred yearly slots would reach two centuries; their spacing is no question long before. */
const SPACING_HORIZON_MS = 30 * 366 * DAY_MS;

/**
 * As `parseCron`, but knowing the present: refuses as well what has no occurrence within 5 years of `after`, such as a fifth
 * Friday in February. The check to make before saving.
 *
 * @throws AppError `validation` for an unknown zone.
 */
export function parseCronForZone(text: string, timeZone: string, after: Date): ParsedCron {
  const parsed = parseCron(text);
  if (!parsed.ok || nextOccurrence(text, timeZone, after) !== null) return parsed;
  return { ok: false, field: "expression", message: "This does not run in the next 5 years. Check the day, the month and the weekday." };
}

/**
 * What may surprise in a valid expression: uneven steps, steps larger than the field, both day fields ("or"), and a next run
 * more than 35 days after `after`.
 *
 * @throws AppError `validation` for an expression or a zone that is refused.
 */
export function cronNotes(text: string, timeZone: string, after: Date): CronNote[] {
  const expression = getCronExpression(text);
  const notes = CRON_FIELDS.flatMap((field) => stepNote(field, expression));
  if (expression.dayRule === "either") {
    notes.push({ field: "dayOfMonth", message: `Note: runs on ${describeEither(expression, "and also")}. Cron joins these with "or".` });
  }
  const next = nextOccurrence(text, timeZone, after);
  if (next !== null && next.getTime() - after.getTime() > FAR_AWAY_MS) {
    const days = Math.floor((next.getTime() - after.getTime()) / DAY_MS);
    notes.push({ field: "expression", message: `Note: the next run is ${days} days away, on ${formatInZone(next, timeZone, true)}.` });
  }
  return notes;
}

/**
 * The least time between two consecutive occurrences among the next 200 after `after`, or those of the next 30 years when
 * they are fewer. In milliseconds; null when there are not two. Clock changes count: they bring slots closer together.
 */
export function minimumSpacingMs(text: string, timeZone: string, after: Date): number | null {
  const spacings = spacingsOf(text, timeZone, after);
  return spacings.length === 0 ? null : Math.min(...spacings);
}

/** The refusal of an expression that comes more often than this server allows, or null when it is fine. */
export function spacingRefusal(text: string, timeZone: string, after: Date, minimumMs: number): string | null {
  const spacingMs = minimumSpacingMs(text, timeZone, after);
  return spacingMs === null || spacingMs >= minimumMs ? null : `This server allows one run every ${formatDuration(minimumMs)} at most.`;
}

/** Warns when runs take longer than the time to the next slot, which is then skipped. `runMs` is the p95 of recent runs. */
export function overlapNote(text: string, timeZone: string, after: Date, runMs: number): CronNote | null {
  const spacings = spacingsOf(text, timeZone, after);
  const least = Math.min(...spacings);
  if (spacings.length === 0 || least >= runMs) return null;
  const takes = `Note: runs take about ${formatDuration(runMs)}.`;
  if (least < Math.max(...spacings))
    return { field: "expression", message: `${takes} Some slots are only ${formatDuration(least)} apart and will be skipped.` };
  return { field: "expression", message: `${takes} Every ${formatDuration(least)} means about ${skippedShare(runMs, least)} are skipped.` };
}

/** A run that lasts 2.4 spacings blocks the next two slots: of every three, two are skipped. */
function skippedShare(runMs: number, spacingMs: number): string {
  const slotsPerRun = Math.ceil(runMs / spacingMs);
  return ["", "", "half", "two thirds", "three quarters"][slotsPerRun] ?? `${Math.round(100 - 100 / slotsPerRun)} %`;
}

function spacingsOf(text: string, timeZone: string, after: Date): number[] {
  const instants = occurrences(text, timeZone, after, SPACING_SAMPLE).map((instant) => instant.getTime());
  const spacings: number[] = [];
  for (const [index, instant] of instants.entries()) {
    const previous = instants[index - 1];
    if (instant > after.getTime() + SPACING_HORIZON_MS && spacings.length > 0) break;
    if (previous !== undefined) spacings.push(instant - previous);
  }
  return spacings;
}

function stepNote(field: CronField, expression: CronExpression): CronNote[] {
  const reading = expression[field];
  const [item] = reading.items;
  if (reading.items.length !== 1 || item?.kind !== "values" || !item.hasStep || item.step === 1) return [];
  if (item.from + item.step > item.to) {
    return [{ field, message: `Note: a step of ${item.step} is larger than the ${CRON_FIELD_RULES[field].noun} field. Runs ${onlyOnce(field, expression)}.` }];
  }
  const uneven = unevenness(field, reading, expression.minute.values[0] ?? 0);
  return uneven === null || item.to < LAST_VALUES[field] ? [] : [{ field, message: `Note: uneven. ${uneven}` }];
}

const LAST_VALUES: Record<CronField, number> = { minute: 59, hour: 23, dayOfMonth: 31, month: 12, dayOfWeek: 6 };
const CYCLES = { minute: 60, hour: 24, month: 12, dayOfWeek: 7 } as const;

const twoDigits = (value: number): string => String(value).padStart(2, "0");

function onlyOnce(field: CronField, expression: CronExpression): string {
  const value = expression[field].values[0] ?? 0;
  const minute = twoDigits(expression.minute.values[0] ?? 0);
  switch (field) {
    case "minute":
      return expression.everyHour ? `once an hour, at :${twoDigits(value)}` : `once in each of its hours, at :${twoDigits(value)}`;
    case "hour":
      return `only in the hour from ${twoDigits(value)}:${minute}`;
    case "dayOfMonth":
      return `only on day ${value}`;
    case "month":
      return `only in ${MONTH_NAMES[value - 1]}`;
    case "dayOfWeek":
      return "only once a week";
  }
}

/** How the step breaks when its cycle starts again, or null when it fits. */
function unevenness(field: CronField, reading: CronFieldReading, minute: number): string | null {
  const first = reading.values[0] ?? 0;
  const last = reading.values[reading.values.length - 1] ?? 0;
  const step = (reading.values[1] ?? 0) - first;
  if (field === "dayOfMonth") return `Starts again on day ${first} of every month, whatever day came last.`;
  const gap = CYCLES[field] - last + first;
  if (gap === step) return null;
  const later = (unit: string): string => `${gap} ${unit}${gap === 1 ? "" : "s"} later`;
  switch (field) {
    case "minute":
      return `Runs at :${twoDigits(first)} … :${twoDigits(last)}, then again at :${twoDigits(first)}, ${later("minute")}.`;
    case "hour":
      return `Runs at ${twoDigits(first)}:${twoDigits(minute)} … ${twoDigits(last)}:${twoDigits(minute)}, then again at ${twoDigits(first)}:${twoDigits(minute)}, ${later("hour")}.`;
    case "month":
      return `Starts again in ${MONTH_NAMES[first - 1]}, ${later("month")}.`;
    case "dayOfWeek":
      return `Starts again every week, ${later("day")}.`;
  }
}

import type { CronExpression } from "./cron-expression";
import { joinWords } from "./cron-fields";
import { consecutiveRuns, ordinal } from "./describe-days";

const MOST_TIMES_LISTED = 6;

const twoDigits = (value: number): string => String(value).padStart(2, "0");
const clock = (hour: number, minute: number): string => `${twoDigits(hour)}:${twoDigits(minute)}`;
const minuteMark = (minute: number): string => `:${twoDigits(minute)}`;

/** The times of a day, "07:00 and 13:30", when they are few enough to be read out; else null. */
export function listTimes({ minute, hour }: CronExpression): string | null {
  if (minute.values.length * hour.values.length > MOST_TIMES_LISTED) return null;
  return joinWords(hour.values.flatMap((hourValue) => minute.values.map((minuteValue) => clock(hourValue, minuteValue))));
}

/** How the times follow each other: "every 15 minutes from 09:00 to 17:59", "every hour at :05". */
export function describeCadence({ minute, hour }: CronExpression): string {
  const [onlyMinute] = minute.values;
  const [onlyHour] = hour.values;
  if (minute.values.length === 1 && onlyMinute !== undefined) return describeHourly(onlyMinute, hour.values);
  if (hour.values.length === 1 && onlyHour !== undefined) return describeWithinHour(onlyHour, minute.values);
  const cadence = evenMinutes(minute.values);
  if (hour.coversAll) return cadence ?? `${minuteList(minute.values)} past every hour`;
  return cadence === null ? `${minuteList(minute.values)} past ${hourList(hour.values)}` : `${cadence} ${describeHours(hour.values)}`;
}

function describeHourly(minute: number, hours: readonly number[]): string {
  const first = hours[0] ?? 0;
  const step = evenStep(hours, 24);
  if (hours.length === 24) return minute === 0 ? "every hour" : `every hour at ${minuteMark(minute)}`;
  if (step !== null) return first === 0 && minute === 0 ? `every ${step} hours` : `every ${step} hours from ${clock(first, minute)}`;
  const runs = consecutiveRuns(hours);
  if (runs.length === 1) return `every hour from ${clock(first, minute)} to ${clock(hours[hours.length - 1] ?? 0, minute)}`;
  return `at ${joinWords(hours.map((hour) => clock(hour, minute)))}`;
}

function describeWithinHour(hour: number, minutes: readonly number[]): string {
  const step = evenStep(minutes, 60);
  const from = clock(hour, minutes[0] ?? 0);
  const to = clock(hour, minutes[minutes.length - 1] ?? 0);
  if (step !== null) return `every ${step} minutes from ${from} to ${to}`;
  if (consecutiveRuns(minutes).length === 1) return `every minute from ${from} to ${to}`;
  return `at ${joinWords(minutes.map((minute) => clock(hour, minute)))}`;
}

/** "every 15 minutes" when they go on evenly from hour to hour, else null. */
function evenMinutes(minutes: readonly number[]): string | null {
  if (minutes.length === 60) return "every minute";
  const step = evenStep(minutes, 60);
  return step === null || minutes[0] !== 0 ? null : `every ${step} minutes`;
}

function minuteList(minutes: readonly number[]): string {
  if (consecutiveRuns(minutes).length > 1) return `at ${joinWords(minutes.map(minuteMark))}`;
  return `every minute from ${minuteMark(minutes[0] ?? 0)} to ${minuteMark(minutes[minutes.length - 1] ?? 0)}`;
}

function hourList(hours: readonly number[]): string {
  const spans = consecutiveRuns(hours).map(({ from, to }) => (from === to ? clock(from, 0) : `${clock(from, 0)} to ${clock(to, 0)}`));
  return consecutiveRuns(hours).length === 1 ? `every hour from ${joinWords(spans)}` : joinWords(spans);
}

function describeHours(hours: readonly number[]): string {
  const first = hours[0] ?? 0;
  const step = evenStep(hours, 24);
  if (step !== null) return `in every ${ordinal(step)} hour from ${clock(first, 0)}`;
  return `from ${joinWords(consecutiveRuns(hours).map(({ from, to }) => `${clock(from, 0)} to ${clock(to, 59)}`))}`;
}

/** The step when two or more values fill their cycle evenly, else null. A step of 1 is not a step. */
function evenStep(values: readonly number[], cycle: number): number | null {
  const first = values[0] ?? 0;
  const step = cycle / values.length;
  if (!Number.isInteger(step) || step === 1 || values.length < 2 || first >= step) return null;
  return values.every((value, index) => value === first + index * step) ? step : null;
}

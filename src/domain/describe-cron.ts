import { type CronExpression, parseCron } from "./cron-expression";
import { describeDays } from "./describe-days";
import { describeCadence, listTimes } from "./describe-times";
import { timeZoneName } from "./time-zone";

/**
 * A valid expression in plain English, with a 24 h clock and the zone's city: "Every weekday at 07:00, Berlin time",
 * "At 09:00 on day 13 or on any Friday (whichever comes), UTC". Starts with a capital and has no full stop, so that a page
 * can finish the sentence or put "Runs" before it. Says what the fields mean, not how clock changes alter single days.
 *
 * For what `parseCron` refuses this is the message that it refuses it with; an unknown zone is named as given.
 */
export function describeCron(text: string, timeZone: string): string {
  const parsed = parseCron(text);
  if (!parsed.ok) return parsed.message;
  const words = `${describeWhen(parsed.expression)}, ${timeZoneName(timeZone)}`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What of an expression a person changes, each in words of its own. */
export interface CronParts {
  /** "07:00 and 13:30", "every 15 minutes". */
  times: string;
  /** "every weekday", "on day 13 of the month". */
  days: string;
}

/** Times and days of an expression apart, so that a change can be told by the part that it is in. Null for what `parseCron` refuses. */
export function describeCronParts(text: string): CronParts | null {
  const parsed = parseCron(text);
  if (!parsed.ok) return null;
  const days = describeDays(parsed.expression);
  return { times: listTimes(parsed.expression) ?? describeCadence(parsed.expression), days: days.every ?? days.on };
}

function describeWhen(expression: CronExpression): string {
  const days = describeDays(expression);
  const times = listTimes(expression);
  if (times === null) return [describeCadence(expression), days.on].filter((part) => part !== "").join(", ");
  return days.every === null ? `at ${times} ${days.on}` : `${days.every} at ${times}`;
}

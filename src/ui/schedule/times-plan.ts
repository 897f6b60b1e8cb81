import { formatTimeOfDay, type TimeOfDay } from "@/domain/time-of-day";

/** The times of a day as cron says them: one minute for all hours. */
export interface Times {
  /** Null while there is no time. */
  minute: number | null;
  /** Ascending. */
  hours: readonly number[];
}

/** The field of an hour, or the one for a time to be added. */
export type TimeSlot = number | "new";

/** The times with this one in that field. Null when cron cannot say it: the others are at another minute. */
export function putTime({ minute, hours }: Times, slot: TimeSlot, time: TimeOfDay): Times | null {
  const others = hours.filter((hour) => hour !== slot);
  return others.length > 0 && time.minute !== minute ? null : moveAll({ minute, hours }, slot, time);
}

/** As `putTime`, and the other times move to the same minute. */
export function moveAll({ hours }: Times, slot: TimeSlot, time: TimeOfDay): Times {
  const others = hours.filter((hour) => hour !== slot && hour !== time.hour);
  return { minute: time.minute, hours: [...others, time.hour].sort((one, other) => one - other) };
}

/** Why the time is not taken over, and what to do; null is what is no time at all. */
export function refusalWords(times: Times, slot: TimeSlot, time: TimeOfDay | null): string {
  if (time === null) return "Enter a time, for instance 07:00 or 19:30.";
  const minute = times.minute ?? 0;
  const [other, ...more] = times.hours.filter((hour) => hour !== slot);
  const others = other !== undefined && more.length === 0 ? `${formatTimeOfDay({ hour: other, minute })} is` : "the others are";
  const fitting = formatTimeOfDay({ hour: time.hour, minute });
  return `${formatTimeOfDay(time)} does not fit: cron has one minute for all times of a day, and ${others} at ${minuteMark(minute)}. Use ${fitting}, or edit it as cron.`;
}

/** ":05" */
export function minuteMark(minute: number): string {
  return formatTimeOfDay({ hour: 0, minute }).slice(-3);
}

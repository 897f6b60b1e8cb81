/**
 * What `occurrences` must agree with, in the dumbest way that can be right: look at the wall clock of every single minute,
 * as Intl shows it. Shares no code with the walker; for tests only, and only for whole-minute offsets.
 */

const MINUTE_MS = 60_000;

interface WallMinute {
  atMs: number;
  /** The wall clock as if it were UTC. */
  wallMs: number;
}

/** The wall clock of a zone at every minute from `fromMs` to `toMs` (excluded), which must be whole minutes. */
export function readWallClock(timeZone: string, fromMs: number, toMs: number): WallMinute[] {
  const formatter = wallFormatter(timeZone);
  const minutes: WallMinute[] = [];
  for (let atMs = fromMs; atMs < toMs; atMs += MINUTE_MS) minutes.push({ atMs, wallMs: wallTime(formatter, atMs) });
  return minutes;
}

export interface OffsetChange {
  atMs: number;
  /** Positive when the clock jumps forward. */
  shiftMs: number;
}

/** The changes of a zone's offset between two instants, to the minute. */
export function findOffsetChanges(timeZone: string, fromMs: number, toMs: number): OffsetChange[] {
  const formatter = wallFormatter(timeZone);
  const offset = (atMs: number): number => wallTime(formatter, atMs) - atMs;
  const changes: OffsetChange[] = [];
  const step = 24 * 60 * MINUTE_MS;
  for (let atMs = fromMs; atMs < toMs; atMs += step) {
    if (offset(atMs) === offset(atMs + step)) continue;
    let [before, after] = [atMs / MINUTE_MS, (atMs + step) / MINUTE_MS];
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (offset(middle * MINUTE_MS) === offset(atMs)) before = middle;
      else after = middle;
    }
    changes.push({ atMs: after * MINUTE_MS, shiftMs: offset(after * MINUTE_MS) - offset(before * MINUTE_MS) });
  }
  return changes;
}

function wallFormatter(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
}

function wallTime(formatter: Intl.DateTimeFormat, atMs: number): number {
  return Date.parse(`${formatter.format(atMs).replace(" ", "T")}Z`);
}

/** The instants at which an expression is due, by the promises of the contract, sentence for sentence. */
export function referenceOccurrences(text: string, minutes: readonly WallMinute[]): number[] {
  const [minuteText = "", hourText = ""] = text.split(" ");
  const isInterval = /[*/-]/.test(minuteText + hourText);
  const everyHour = expand(hourText, 0, 23).size === 24;
  const seen = new Set<number>();
  const due: number[] = [];
  for (const [index, { atMs, wallMs }] of minutes.entries()) {
    const previousWallMs = minutes[index - 1]?.wallMs ?? wallMs - MINUTE_MS;
    const isNamed = names(text, wallMs) && (isInterval || !seen.has(wallMs));
    let isSkippedInto = false;
    for (let missing = previousWallMs + MINUTE_MS; missing < wallMs && !everyHour; missing += MINUTE_MS) {
      if (!seen.has(missing) && names(text, missing)) isSkippedInto = true;
    }
    if (isNamed || isSkippedInto) due.push(atMs);
    seen.add(wallMs);
  }
  return due;
}

/** Whether the fields name this minute of the wall clock. */
function names(text: string, wallMs: number): boolean {
  const [minute = "", hour = "", dayOfMonth = "", month = "", weekday = ""] = text.split(" ");
  const wall = new Date(wallMs);
  if (!expand(minute, 0, 59).has(wall.getUTCMinutes()) || !expand(hour, 0, 23).has(wall.getUTCHours())) return false;
  if (!expand(month, 1, 12).has(wall.getUTCMonth() + 1)) return false;
  const onDay = isOnDayOfMonth(dayOfMonth, wall);
  const onWeekday = isOnWeekday(weekday, wall);
  const anyDay = dayOfMonth === "*" || dayOfMonth === "1-31";
  const anyWeekday = weekday === "*" || weekday === "0-6";
  return anyDay || anyWeekday ? onDay && onWeekday : onDay || onWeekday;
}

function isOnDayOfMonth(field: string, wall: Date): boolean {
  const tomorrow = new Date(wall.getTime() + 24 * 60 * MINUTE_MS);
  return field.split(",").some((part) => (part === "L" ? tomorrow.getUTCDate() === 1 : expand(part, 1, 31).has(wall.getUTCDate())));
}

function isOnWeekday(field: string, wall: Date): boolean {
  const weekday = wall.getUTCDay();
  const date = wall.getUTCDate();
  const nextWeek = new Date(wall.getTime() + 7 * 24 * 60 * MINUTE_MS);
  return field.split(",").some((part) => {
    if (part.endsWith("L")) return Number(part[0]) % 7 === weekday && nextWeek.getUTCMonth() !== wall.getUTCMonth();
    if (part[1] === "#") return Number(part[0]) % 7 === weekday && date > 7 * (Number(part[2]) - 1) && date <= 7 * Number(part[2]);
    return [...expand(part, 0, 7)].some((value) => value % 7 === weekday);
  });
}

const expansions = new Map<string, Set<number>>();

function expand(field: string, min: number, max: number): Set<number> {
  const key = `${field} ${min} ${max}`;
  let values = expansions.get(key);
  if (values === undefined) {
    values = new Set();
    for (const part of field.split(",")) {
      const [span = "", step] = part.split("/");
      const [from, to] = span === "*" ? [min, max] : span.split("-").map(Number);
      const last = to ?? (step === undefined ? from : max) ?? max;
      for (let value = from ?? min; value <= last; value += Number(step ?? 1)) values.add(value);
    }
    expansions.set(key, values);
  }
  return values;
}

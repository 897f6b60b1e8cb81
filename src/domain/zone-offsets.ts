import { BoundedCache } from "./bounded-cache";
import { calendarDate, DAY_MS, dayNumber } from "./calendar-days";

/**
 * A stretch of time in which a zone's offset from UTC doesn't change, cut at the turn of the UTC year. "Local" instants are
 * milliseconds since 1970-01-01 00:00 on the zone's own clock: UTC plus the offset.
 */
export interface ZoneSpan {
  /** First instant, UTC. */
  startMs: number;
  /** First instant after it, UTC. */
  endMs: number;
  /** Local minus UTC. */
  offsetMs: number;
  /** Local time that the clock jumped over on entering: from here to the span's local start. Equal to that start if none. */
  skippedFromMs: number;
  /** Local times before this one have been on the clock once already. Equal to the span's local start if none. */
  repeatedUntilMs: number;
  /** Local times from here on will be on the clock once more. Equal to the span's local end if none. */
  repeatsFromMs: number;
}

/** The instant at which a zone's offset changes. */
export interface ZoneTransition {
  at: Date;
  offsetBeforeMs: number;
  offsetAfterMs: number;
}

/**
 * Steps of the search for changes. Two changes closer together than this could hide each other; from 1970 to 2040 no zone
 * has two within 7 days (measured over every zone of tzdata 2025c).
 */
const SEARCH_STEP_MS = 3 * DAY_MS;
/** No zone is further than 16 hours from UTC, nor changes by more than a day, so what repeats or skips lies within this. */
const NEIGHBOURHOOD_MS = 3 * DAY_MS;
/** Formatters take tens of kilobytes each; what they tell is kept much smaller, so few need live. */
const FORMATTERS_KEPT = 48;
const YEARS_KEPT = 12_000;

const formatters = new BoundedCache<string, Intl.DateTimeFormat>(FORMATTERS_KEPT);
const yearsByZone = new BoundedCache<string, BoundedCache<number, readonly ZoneSpan[]>>(700);

/**
 * The zone's offset (local minus UTC, in milliseconds) at an instant, as Intl knows it. Before 1800 the offset of 1800.
 *
 * @throws RangeError when Intl doesn't know the zone.
 */
export function zoneOffsetMs(timeZone: string, at: Date): number {
  return spanAt(timeZone, at.getTime()).offsetMs;
}

/** The span that the instant lies in. */
function spanAt(timeZone: string, atMs: number): ZoneSpan {
  const spans = zoneSpans(timeZone, utcYear(atMs));
  for (const span of spans) if (atMs < span.endMs) return span;
  throw new RangeError(`No time zone data for ${timeZone} at ${atMs}.`);
}

/** The year of an instant in UTC. */
export function utcYear(atMs: number): number {
  return calendarDate(Math.floor(atMs / DAY_MS)).year;
}

/** Every change of offset with `from <= at < to`, in order. */
export function zoneTransitions(timeZone: string, from: Date, to: Date): ZoneTransition[] {
  const found: ZoneTransition[] = [];
  let offsetBeforeMs = spanAt(timeZone, from.getTime() - 1).offsetMs;
  for (let year = utcYear(from.getTime()); year <= utcYear(to.getTime()); year++) {
    for (const span of zoneSpans(timeZone, year)) {
      if (span.endMs <= from.getTime() || span.startMs >= to.getTime()) continue;
      if (span.offsetMs !== offsetBeforeMs) found.push({ at: new Date(span.startMs), offsetBeforeMs, offsetAfterMs: span.offsetMs });
      offsetBeforeMs = span.offsetMs;
    }
  }
  return found;
}

/** The spans of one UTC year, in order and without holes. Computed once, by asking Intl about 130 times. */
export function zoneSpans(timeZone: string, year: number): readonly ZoneSpan[] {
  const years = yearsByZone.getOrCompute(timeZone, () => new BoundedCache(YEARS_KEPT));
  return years.getOrCompute(year, () => (year >= 2500 ? borrowedSpans(timeZone, year) : computeSpans(timeZone, year)));
}

/** The Gregorian calendar, weekdays included, repeats every 400 years, and no zone's announced exceptions reach 2100. */
function borrowedSpans(timeZone: string, year: number): readonly ZoneSpan[] {
  const model = 2100 + ((year - 2100) % 400);
  const shift = (dayNumber(year, 1, 1) - dayNumber(model, 1, 1)) * DAY_MS;
  return zoneSpans(timeZone, model).map((span) => ({
    startMs: span.startMs + shift,
    endMs: span.endMs + shift,
    offsetMs: span.offsetMs,
    skippedFromMs: span.skippedFromMs + shift,
    repeatedUntilMs: span.repeatedUntilMs + shift,
    repeatsFromMs: span.repeatsFromMs + shift,
  }));
}

function computeSpans(timeZone: string, year: number): readonly ZoneSpan[] {
  const yearStart = dayNumber(year, 1, 1) * DAY_MS;
  const yearEnd = dayNumber(year + 1, 1, 1) * DAY_MS;
  const stretches = findStretches(timeZone, yearStart - NEIGHBOURHOOD_MS, yearEnd + NEIGHBOURHOOD_MS);
  const spans: ZoneSpan[] = [];
  let shownUntilMs = Number.NEGATIVE_INFINITY;
  for (const [index, { startMs, endMs, offsetMs }] of stretches.entries()) {
    const localStart = startMs + offsetMs;
    const localEnd = endMs + offsetMs;
    const nextOffsetMs = stretches[index + 1]?.offsetMs ?? offsetMs;
    if (endMs > yearStart && startMs < yearEnd) {
      spans.push({
        startMs: Math.max(startMs, yearStart),
        endMs: Math.min(endMs, yearEnd),
        offsetMs,
        // A span that began in the year before has its jump there, so that no year tells it twice.
        skippedFromMs: startMs < yearStart ? yearStart + offsetMs : Math.min(shownUntilMs, localStart),
        repeatedUntilMs: Math.max(shownUntilMs, localStart, Math.max(startMs, yearStart) + offsetMs),
        repeatsFromMs: Math.min(localEnd, endMs + nextOffsetMs),
      });
    }
    shownUntilMs = Math.max(shownUntilMs, localEnd);
  }
  return spans;
}

type Stretch = { startMs: number; endMs: number; offsetMs: number };

function findStretches(timeZone: string, fromMs: number, toMs: number): Stretch[] {
  if (timeZone === "UTC") return [{ startMs: fromMs, endMs: toMs, offsetMs: 0 }];
  const formatter = formatterOf(timeZone);
  const stretches: Stretch[] = [{ startMs: fromMs, endMs: toMs, offsetMs: readOffset(formatter, fromMs) }];
  for (let sampleMs = fromMs; sampleMs < toMs; sampleMs += SEARCH_STEP_MS) {
    const nextMs = Math.min(sampleMs + SEARCH_STEP_MS, toMs);
    const offsetAtNext = readOffset(formatter, nextMs);
    let current = stretches[stretches.length - 1];
    while (current !== undefined && current.offsetMs !== offsetAtNext) {
      const changeMs = findChange(formatter, Math.max(current.startMs, sampleMs), nextMs, current.offsetMs);
      current.endMs = changeMs;
      current = { startMs: changeMs, endMs: toMs, offsetMs: readOffset(formatter, changeMs) };
      stretches.push(current);
    }
  }
  return stretches;
}

/** The first whole second after `lowMs` with another offset; changes happen at whole seconds. */
function findChange(formatter: Intl.DateTimeFormat, lowMs: number, highMs: number, offsetMs: number): number {
  let low = lowMs / 1000;
  let high = highMs / 1000;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (readOffset(formatter, middle * 1000) === offsetMs) low = middle;
    else high = middle;
  }
  return high * 1000;
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  return formatters.getOrCompute(
    timeZone,
    () =>
      new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
        timeZone,
        hourCycle: "h23",
        year: "numeric",
        month: "numeric",
        day: "numeric",
        hour: "numeric",
        minute: "numeric",
        second: "numeric",
      }),
  );
}

// Years before 1800 would come back with an era; no zone had anything but its sun then.
const EARLIEST_MS = dayNumber(1800, 1, 1) * DAY_MS;

/** Reads the wall clock off a formatted string: month, day, year, hour, minute, second. Several times faster than formatToParts. */
function readOffset(formatter: Intl.DateTimeFormat, atMs: number): number {
  const askedMs = Math.max(atMs, EARLIEST_MS);
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = (formatter.format(askedMs).match(/\d+/g) ?? []).map(Number);
  return dayNumber(year, month, day) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 - askedMs;
}

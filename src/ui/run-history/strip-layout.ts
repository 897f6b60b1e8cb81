/** Where a slot's bar stands, in percent of the strip's width. */
export interface PlacedBar {
  /** Its middle. */
  centre: number;
  /** The part of the strip in which the pointer means this slot: no bar is too thin to be hit. */
  reachFrom: number;
  reachTo: number;
}

export interface StripLayout {
  bars: PlacedBar[];
  /** The same for all of them. */
  barWidth: number;
}

/** Room for half a bar at both ends. */
const MARGIN = 1;
const WIDEST_BAR = 2;
/** How much of the room that evenly spaced bars would have is the least that each gets. */
const LEAST_SHARE = 0.7;
const BAR_SHARE = 0.8;

/**
 * Places bars by their times, which ascend. Where slots are so close together that their bars would lie on each other, they are pushed
 * apart just as far as it takes: 60 slots stay apart on the smallest phone, and elsewhere distances are those in time.
 */
export function placeBars(times: readonly number[]): StripLayout {
  const centres = pushApart(times.map(scaleOf(times)), Math.min(WIDEST_BAR, (LEAST_SHARE * (100 - 2 * MARGIN)) / times.length));
  const gaps = centres.slice(1).map((centre, index) => centre - (centres[index] ?? 0));
  const bars = centres.map((centre, index) => ({
    centre,
    reachFrom: between(centres[index - 1], centre) ?? 0,
    reachTo: between(centre, centres[index + 1]) ?? 100,
  }));
  return { bars, barWidth: Math.min(WIDEST_BAR, BAR_SHARE * Math.min(WIDEST_BAR / BAR_SHARE, ...gaps)) };
}

function scaleOf(times: readonly number[]): (time: number) => number {
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  // The newest is at the right; so is one that is alone.
  if (first === last) return () => 100 - MARGIN;
  return (time) => MARGIN + ((time - first) / (last - first)) * (100 - 2 * MARGIN);
}

function pushApart(centres: readonly number[], least: number): number[] {
  const apart: number[] = [];
  for (const centre of centres) apart.push(Math.max(centre, (apart.at(-1) ?? -Infinity) + least));
  let limit = 100 - MARGIN;
  for (let index = apart.length - 1; index >= 0; index--) {
    apart[index] = Math.min(apart[index] ?? limit, limit);
    limit = (apart[index] ?? limit) - least;
  }
  return apart;
}

function between(left: number | undefined, right: number | undefined): number | null {
  return left === undefined || right === undefined ? null : (left + right) / 2;
}

/** The height of a count as a share of the tallest. Goes by the root: a first run brings a thousand items where the others bring ten. */
export function heightShare(count: number, tallest: number): number {
  return tallest === 0 ? 0 : Math.sqrt(count / tallest);
}

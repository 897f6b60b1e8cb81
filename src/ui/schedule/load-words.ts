import type { PresetLoad } from "@/domain/preset-load";

/** From here on two digits say enough. */
const ROUNDED_FROM = 100;
const MONTHS = 12;

/** "14 sources on 9 hosts." */
export function sourcesSentence({ sourceCount, hostCount }: PresetLoad): string {
  if (sourceCount === 0) return "No source is on, so a run collects nothing.";
  return `${count(sourceCount, "source")} on ${count(hostCount, "host")}.`;
}

/** "About 22 runs and 310 requests a month."; by the year where a month has less than one run. Null without sources or times. */
export function monthlySentence(runsPerMonth: number, { requestCount, isLeast }: PresetLoad): string | null {
  if (requestCount === 0 || runsPerMonth === 0) return null;
  const [exactly, span] = Math.round(runsPerMonth) >= 1 ? [runsPerMonth, "month"] : [runsPerMonth * MONTHS, "year"];
  // Whoever multiplies what is shown gets what is shown.
  const runs = approximately(exactly);
  const requests = count(approximately(runs * requestCount), "request");
  return `About ${count(runs, "run")} and ${isLeast ? "at least " : ""}${requests} a ${span}.`;
}

/** Whole, at least 1, and from 100 on to two digits: the last digits of an estimate mean nothing. */
function approximately(number: number): number {
  const whole = Math.max(1, Math.round(number));
  if (whole < ROUNDED_FROM) return whole;
  const step = 10 ** (Math.floor(Math.log10(whole)) - 1);
  return Math.round(number / step) * step;
}

const NUMBERS = new Intl.NumberFormat("en");

/** "1 source", "1,200 requests". */
export function count(number: number, noun: string): string {
  return `${NUMBERS.format(number)} ${noun}${number === 1 ? "" : "s"}`;
}

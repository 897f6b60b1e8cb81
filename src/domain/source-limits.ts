import { z } from "zod";

/** What holds for a source that sets nothing of its own: for one page, with its redirects, and for all items of one collection. */
export const USUAL_LIMITS = { seconds: 20, megabytes: 10, items: 10_000 } as const;

/** What a source may set, from and to. Memory and the items of a run are the server's to protect, so these go down only. */
export const LIMIT_RANGES = {
  seconds: [1, 60],
  megabytes: [1, USUAL_LIMITS.megabytes],
  items: [1, USUAL_LIMITS.items],
  pauseSeconds: [1, 30],
} as const;
export type SourceLimit = keyof typeof LIMIT_RANGES;

function within(name: SourceLimit, unit: string) {
  const [least, most] = LIMIT_RANGES[name];
  const message = `Enter ${least} to ${most.toLocaleString("en")} ${unit}, or leave it empty.`;
  return z.int(message).min(least, message).max(most, message).optional();
}

/** How much of a site one collection of a source may take. What is absent is as usual. */
export const sourceLimitsSchema = z.object({
  /** For one page to arrive. Waiting for the turn at the site does not count. */
  seconds: within("seconds", "seconds"),
  /** As sent over the network, for each page. */
  megabytes: within("megabytes", "megabytes"),
  /** The first ones are kept. */
  items: within("items", "items"),
  /** Between two pages of the source, besides the pause that every site gets. */
  pauseSeconds: within("pauseSeconds", "seconds"),
});
export type SourceLimits = z.infer<typeof sourceLimitsSchema>;

/** A test of a source takes no longer, in milliseconds: unless one page of it may, and with one pause where it has some. */
export function testLimitMs({ seconds = 0, pauseSeconds = 0 }: SourceLimits = {}): number {
  return (Math.max(USUAL_LIMITS.seconds, seconds) + pauseSeconds) * 1000;
}

import { z } from "zod";
import { DAY_MS } from "./calendar-days";
import { paceSchema } from "./pace";

/** An address that a source was read from, and what its answer is known again by. */
export const knownPageSchema = z.object({
  address: z.string(),
  /** What the site called this version; sent back, it saves sending the page again. */
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  /** SHA-256 of the bytes; absent where the site has no such page, or does not give it. */
  bodyHash: z.string().optional(),
});
export type KnownPage = z.infer<typeof knownPageSchema>;

/** A source is made of no more pages: of those that its configuration allows, and of the one after the last. */
export const MOST_KNOWN_PAGES = 101;
/** A longer validator is not worth keeping. */
export const MOST_VALIDATOR_LENGTH = 1_000;

/** What one reading of a source leaves for the next. */
export const readingSchema = z.object({
  /** Who asked, for what, and how it is read: of no use where that is another one. */
  readAs: z.string(),
  /** In the order in which they were asked for; null where there were too many. */
  pages: z.array(knownPageSchema).max(MOST_KNOWN_PAGES).nullable(),
  pace: paceSchema,
});
export type Reading = z.infer<typeof readingSchema>;

/**
 * A source is read as if nothing were known of it so often. Some sites answer "not modified" for ever, whatever has changed; behind one a
 * source stands still for a week at most, and the price is one page in a week.
 */
const READ_WHOLE_EVERY_MS = 7 * DAY_MS;

/** Whether what is known of a source may still be relied upon. */
export function isTrusted({ wholeReadAt }: { wholeReadAt: Date }, now: Date): boolean {
  return now.getTime() - wholeReadAt.getTime() < READ_WHOLE_EVERY_MS;
}

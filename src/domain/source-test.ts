import { z } from "zod";

/** The first request of a test and its answer. */
const exchangeSchema = z.object({
  url: z.string(),
  /** Names of the source's own headers that went along. */
  headers: z.array(z.string()),
  status: z.int(),
  /** Addresses that redirected, in order. */
  redirects: z.array(z.string()),
  finalUrl: z.string(),
  contentType: z.string().nullable(),
  wireBytes: z.int(),
  durationMs: z.int(),
  /** What the site sent, as text; the values of headers are blotted out where it repeats them. */
  body: z.string(),
  /** Only the beginning of it. */
  isCut: z.boolean(),
});
export type TestExchange = z.infer<typeof exchangeSchema>;

/** Null where no page came: the site refused, or was not asked. */
const exchange = exchangeSchema.nullable().default(null);

/** What the robots.txt of its site says of the address that was tested; null where it was not asked. */
const robotsSchema = z.object({
  /** The rule that keeps programs away; null where they may come. */
  refusal: z.string().nullable(),
  /** The pause that the site asks for, in milliseconds; 0 when it does not. */
  crawlDelayMs: z.number(),
  /** It has no rules for Milkrun: most often there is no such file. */
  isSilent: z.boolean(),
});
const robots = robotsSchema.nullable().default(null);

/** What "Test source" answers: what would be stored, or why nothing would be. */
export const sourceTestResultSchema = z.discriminatedUnion("ok", [
  z.object({
    ok: z.literal(true),
    title: z.string().nullable(),
    httpStatus: z.int(),
    finalUrl: z.string(),
    wireBytes: z.int(),
    durationMs: z.int(),
    itemCount: z.int(),
    /** There are more than were read, or than the source may take. */
    isCut: z.boolean().default(false),
    /** The first 10. */
    items: z.array(
      z.object({
        key: z.string(),
        title: z.string().nullable(),
        url: z.string().nullable(),
        publishedAt: z.string().nullable(),
        fields: z.record(z.string(), z.json()),
        /** Whether the source has stored it already; null for a source that is not stored itself. */
        isKnown: z.boolean().nullable().default(null),
      }),
    ),
    exchange,
    robots,
  }),
  z.object({ ok: z.literal(false), code: z.string(), message: z.string(), httpStatus: z.int().nullable(), exchange, robots }),
]);
export type SourceTestResult = z.infer<typeof sourceTestResultSchema>;

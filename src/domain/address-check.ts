import { z } from "zod";
import { SOURCE_KINDS, sourceAddressSchema } from "./source";

/** A source that could be made of an address. */
const sourceSuggestionSchema = z.object({
  /** What it is, for instance "Releases" or the title of a feed. */
  label: z.string(),
  /** A name for the source. */
  name: z.string(),
  kind: z.enum(SOURCE_KINDS),
  url: z.string(),
  /** Of the kind; what is left out has to be filled in. */
  config: z.record(z.string(), z.json()),
});
export type SourceSuggestion = z.infer<typeof sourceSuggestionSchema>;

/** What "Check" sends to a worker, in the place of a definition to test. */
export const addressCheckSchema = z.object({ kind: z.literal("check"), url: sourceAddressSchema });
export type AddressCheck = z.infer<typeof addressCheckSchema>;

/** What is found at an address, or why it cannot be read. */
export const addressCheckResultSchema = z.discriminatedUnion("ok", [
  z.object({
    ok: z.literal(true),
    /** The page's own title. */
    title: z.string().nullable(),
    finalUrl: z.string(),
    /** The best first; empty when nothing at the address can be collected. */
    suggestions: z.array(sourceSuggestionSchema),
  }),
  z.object({ ok: z.literal(false), message: z.string() }),
]);
export type AddressCheckResult = z.infer<typeof addressCheckResultSchema>;

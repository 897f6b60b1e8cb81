import { z } from "zod";
import { AppError } from "./errors";

export const MOST_HEADERS = 20;
export const LONGEST_HEADER_NAME = 100;
const LONGEST_VALUE = 4_000;
/** Of all values of a source together; most servers refuse more. */
const MOST_BYTES = 8_000;

/** Set by Milkrun itself, or of the connection and not of the request (RFC 9110, section 7.6.1); a source must not contradict them. */
export const RESERVED_HEADERS = [
  "host",
  "connection",
  "content-length",
  "transfer-encoding",
  "accept-encoding",
  "upgrade",
  "expect",
  "te",
  "trailer",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
  "if-none-match",
  "if-modified-since",
];

const name = z
  .string()
  .trim()
  .min(1, "Enter the name of the header, for instance Authorization.")
  .max(LONGEST_HEADER_NAME, "Keep the name under 100 characters.")
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]*$/, "Use letters, digits and hyphens, without a colon at the end.")
  .refine((text) => !RESERVED_HEADERS.includes(text.toLowerCase()), "Milkrun sets this header itself. Leave it out.");

const value = z
  .string()
  .trim()
  .min(1, "Enter the value of the header.")
  .max(LONGEST_VALUE, "Keep the value under 4,000 characters.")
  .regex(/^[\t\x20-\x7e]*$/, "Use one line of plain characters: a value cannot hold line breaks, accents or other alphabets.");

/** A header as it is given: without a value the stored one stays. */
const sourceHeaderInputSchema = z.object({ name, value: value.optional() });
export type SourceHeaderInput = z.infer<typeof sourceHeaderInputSchema>;

/** All headers that a source is to have. */
export const sourceHeadersInputSchema = z
  .array(sourceHeaderInputSchema)
  .max(MOST_HEADERS, `A source can have ${MOST_HEADERS} headers at most.`)
  .superRefine((headers, context) => {
    for (const [index, header] of headers.entries()) {
      const isKnown = headers.findIndex((other) => isSameHeader(other, header)) < index;
      if (isKnown) context.addIssue({ code: "custom", path: [index, "name"], message: "Another header has this name already." });
    }
  });

/** A header as it is shown: that it is set, and since when. Its value is shown to nobody. */
export const sourceHeaderSchema = z.object({ name: z.string(), updatedAt: z.date() });

/** A header as it is stored. */
export interface StoredHeader {
  name: string;
  /** The site that its value was entered for: it is sent nowhere else. */
  origin: string;
  /** Of the value. */
  bytes: number;
}

/** What a change does to a source's headers, by name. */
export interface HeaderChanges {
  set: string[];
  replaced: string[];
  removed: string[];
}

/** What becomes of a source's headers. */
export interface HeaderPlan extends HeaderChanges {
  /** Values to store. */
  write: { name: string; value: string }[];
  /** As they are stored. */
  kept: string[];
}

/** Names of headers are the same in capitals and small letters. */
export function isSameHeader(one: { name: string }, other: { name: string }): boolean {
  return one.name.toLowerCase() === other.name.toLowerCase();
}

/** Scheme, host and port of an address that `sourceDefinitionSchema` accepts. */
export function originOf(url: string): string {
  return new URL(url).origin;
}

/**
 * Decides which headers are kept, stored and removed. A value stays only as long as the source's address stays on the site that it was
 * entered for: otherwise whoever may edit the source could have it sent to a site of their own.
 * @param wanted All headers that the source is to have; undefined: those that it has.
 * @throws AppError `validation` at `headers.<index>.value` where a value has to be entered, or when they are too long together.
 */
export function planHeaders(stored: readonly StoredHeader[], wanted: readonly SourceHeaderInput[] | undefined, url: string): HeaderPlan {
  const headers: readonly SourceHeaderInput[] = wanted ?? stored.map((header) => ({ name: header.name }));
  const plan: HeaderPlan = { write: [], kept: [], set: [], replaced: [], removed: [] };
  let bytes = 0;
  for (const [index, header] of headers.entries()) {
    const known = stored.find((other) => isSameHeader(other, header));
    const { value } = header;
    if (value === undefined) plan.kept.push(requireKept(known, url, index).name);
    else {
      plan.write.push({ name: header.name, value });
      (known ? plan.replaced : plan.set).push(header.name);
    }
    bytes += value === undefined ? (known?.bytes ?? 0) : value.length;
    if (bytes > MOST_BYTES) throw new AppError("validation", "All values together are too long. Keep them under 8,000 characters.", at(index));
  }
  plan.removed = stored.filter((known) => !headers.some((header) => isSameHeader(header, known))).map((known) => known.name);
  return plan;
}

const at = (index: number) => ({ field: `headers.${index}.value` });

function requireKept(known: StoredHeader | undefined, url: string, index: number): StoredHeader {
  if (!known) throw new AppError("validation", "Enter the value of the header.", at(index));
  if (known.origin === originOf(url)) return known;
  throw new AppError("validation", `The value was entered for ${known.origin}. Enter it again, so that it is not sent to another site by mistake.`, at(index));
}

/** What a change did to the headers, in words, for instance `set the header X-Key`; empty when it did nothing. */
export function describeHeaderChanges({ set, replaced, removed }: HeaderChanges): string[] {
  const describe = (verb: string, names: string[]) => names.map((header) => `${verb} the header ${header}`);
  return [...describe("set", set), ...describe("replaced", replaced), ...describe("removed", removed)];
}

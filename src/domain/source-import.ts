import { z } from "zod";
import { presetNameSchema } from "./preset";
import { SOURCE_KINDS, type SourceDefinition, type SourceKind, sourceDefinitionSchema } from "./source";
import { LONGEST_HEADER_NAME, MOST_HEADERS } from "./source-header";
import { FORBIDDEN_IN_XML } from "./xml-text";

const LONGEST_NAME = 120;
export const MOST_IMPORTED = 3_000;
/** Of what the list says of one source besides its address and its name, in characters. */
export const LONGEST_CONFIG = 100_000;

/** One entry of a list to import, as `readSourceList` gives it. */
const importEntrySchema = z.object({
  line: z.int().min(1),
  url: z.string().max(10_000),
  name: z.string().max(10_000).nullable(),
  kind: z.string().max(1_000).nullable().default(null),
  /** JSON, as `source.exportOpml` writes it. */
  config: z.string().max(LONGEST_CONFIG).nullable().default(null),
  enabled: z.boolean().default(true),
  /** Names of request headers whose values it needs: it comes in turned off. */
  headers: z.array(z.string().max(LONGEST_HEADER_NAME)).max(MOST_HEADERS).default([]),
  /** It is a source of its own although an earlier entry has the same address. */
  sharesAddress: z.boolean().default(false),
});
export type ImportEntry = z.infer<typeof importEntrySchema>;

export const sourceImportSchema = z.object({
  entries: z.array(importEntrySchema).min(1, "There is nothing to import.").max(MOST_IMPORTED, "Import at most 3,000 sources at once. Split the list."),
  /** The preset that gets them, after what it has: one that is there, or a new one. */
  preset: z.union([z.object({ id: z.uuid("Pick a preset from the list.") }), z.object({ name: presetNameSchema })]).optional(),
});
export type SourceImport = z.infer<typeof sourceImportSchema>;

const importOutcomeSchema = z.object({
  line: z.int(),
  url: z.string(),
  name: z.string(),
  /** `known`: the address is a source already, or stands further up in the list. */
  outcome: z.enum(["added", "known", "failed"]),
  /** Which source it is, why there is none, or why what was added is off; null for what was added and is on. */
  reason: z.string().nullable(),
  /** Whether it was added turned off. */
  off: z.boolean(),
});
export type ImportOutcome = z.infer<typeof importOutcomeSchema>;

export const importResultSchema = z.object({
  outcomes: z.array(importOutcomeSchema),
  preset: z.object({ id: z.uuid(), name: z.string() }).nullable(),
});
export type ImportResult = z.infer<typeof importResultSchema>;

/**
 * Why a source of a list comes in turned off; null when it is on. Without the headers that it needs it would fail in every run, and sites lock
 * out who asks in vain.
 */
export function whyOff({ enabled, headers }: Pick<ImportEntry, "enabled" | "headers">): string | null {
  if (headers.length === 0) return enabled ? null : "Off, as the list says.";
  if (headers.length === 1) return `Off: the value of its header ${headers[0]} is in no list. Enter it, then turn the source on.`;
  return `Off: the values of its headers ${headers.join(", ")} are in no list. Enter them, then turn the source on.`;
}

type ReadEntry = { ok: true; definition: SourceDefinition } | { ok: false; problem: string };

/** The source that an entry describes, named by the list or else by its host; or why it describes none. */
export function readEntry({ url: stated, name, kind: word, config: text }: Pick<ImportEntry, "url" | "name" | "kind" | "config">): ReadEntry {
  const kind = word === null ? "feed" : kindOf(word);
  if (!kind) return { ok: false, problem: `“${word}” is no kind of source. Use ${SOURCE_KINDS.join(", ")}.` };
  const config = text === null ? {} : parseConfig(text);
  if (config === null) return { ok: false, problem: "What the list says of this source cannot be read. Export it again, or add the source by hand." };
  const url = storable(stated);
  const host = URL.canParse(url) ? new URL(url).hostname : url;
  const read = sourceDefinitionSchema.safeParse({
    kind,
    url,
    name: storable((name ?? "").slice(0, LONGEST_NAME)).trim() || host.slice(0, LONGEST_NAME) || "?",
    config,
  });
  if (read.success) return { ok: true, definition: read.data };
  const [issue] = read.error.issues;
  const needsMore = issue?.path[0] === "config" && text === null;
  return { ok: false, problem: needsMore ? "An HTML page needs to be told what its items are. Add it by hand." : (issue?.message ?? "It cannot be read.") };
}

function parseConfig(text: string): object | null {
  try {
    const config: unknown = JSON.parse(text, (_key, value) => (typeof value === "string" ? storable(value) : value));
    return typeof config === "object" && !Array.isArray(config) ? config : null;
  } catch {
    return null;
  }
}

/** Damaged lists name characters that no database takes. */
function storable(text: string): string {
  return text.replace(FORBIDDEN_IN_XML, "");
}

/** What people and their programs call the kinds. */
const KIND_WORDS = new Map(
  Object.entries<SourceKind>({
    ...{ rss: "feed", atom: "feed", "json feed": "feed" },
    ...{ json: "json_api", api: "json_api", html: "html_page", page: "html_page", "web page": "html_page", table: "csv", tsv: "csv", "csv table": "csv" },
  }),
);

function kindOf(word: string): SourceKind | undefined {
  const text = word.trim().toLowerCase();
  return SOURCE_KINDS.find((kind) => kind === text || kind.replace("_", " ") === text) ?? KIND_WORDS.get(text);
}

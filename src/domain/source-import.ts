import { z } from "zod";
import { presetNameSchema } from "./preset";
import { SOURCE_KINDS, type SourceDefinition, type SourceKind, sourceDefinitionSchema } from "./source";
import type { SourceEntry } from "./source-list";
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
  /** Which source it is, or why there is none; null for what was added. */
  reason: z.string().nullable(),
});
export type ImportOutcome = z.infer<typeof importOutcomeSchema>;

export const importResultSchema = z.object({
  outcomes: z.array(importOutcomeSchema),
  preset: z.object({ id: z.uuid(), name: z.string() }).nullable(),
});
export type ImportResult = z.infer<typeof importResultSchema>;

/** A source that is there. */
export interface KnownSource {
  id: string;
  name: string;
  url: string;
}

/** What becomes of a list, entry by entry. */
export interface ImportPlan {
  outcomes: ImportOutcome[];
  /** What is new, in the list's order. */
  add: SourceDefinition[];
  /** Sources that are there and that the list names, each once. */
  known: KnownSource[];
}

type Listed = Omit<SourceEntry, "problem">;
/** Why a definition cannot be used; null where it can. */
type FindProblem = (definition: SourceDefinition) => string | null;

/**
 * Decides what becomes of each entry of a list. An address is known whatever name it has there.
 * @param findProblem what else there is to be checked
 */
export function planImport(entries: readonly Listed[], stored: readonly KnownSource[], findProblem: FindProblem = () => null): ImportPlan {
  const storedByAddress = new Map(stored.map((source) => [addressKey(source.url), source]));
  const lineByAddress = new Map<string, number>();
  const plan: ImportPlan = { outcomes: [], add: [], known: [] };
  for (const entry of entries) plan.outcomes.push({ line: entry.line, url: entry.url, ...judge(entry) });
  return plan;

  function judge(entry: (typeof entries)[number]): Pick<ImportOutcome, "name" | "outcome" | "reason"> {
    const read = readEntry(entry);
    const problem = read.ok ? findProblem(read.definition) : read.problem;
    if (!read.ok || problem !== null) return { name: entry.name ?? "", outcome: "failed", reason: problem };
    const { name, url } = read.definition;
    const [earlier, known] = [lineByAddress.get(addressKey(url)), storedByAddress.get(addressKey(url))];
    if (earlier !== undefined) return { name, outcome: "known", reason: `The same address stands in line ${earlier}.` };
    lineByAddress.set(addressKey(url), entry.line);
    if (!known) {
      plan.add.push(read.definition);
      return { name, outcome: "added", reason: null };
    }
    plan.known.push(known);
    return { name, outcome: "known", reason: `It is the source “${known.name}” already.` };
  }
}

/** The same for all ways to write one address. */
function addressKey(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  url.hash = "";
  return url.href;
}

type ReadEntry = { ok: true; definition: SourceDefinition } | { ok: false; problem: string };

/** The source that an entry describes, named by the list or else by its host; or why it describes none. */
export function readEntry({ url: stated, name, kind: word, config: text }: Omit<Listed, "line">): ReadEntry {
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
const KIND_WORDS: Record<string, SourceKind> = {
  ...{ rss: "feed", atom: "feed", "json feed": "feed" },
  ...{ json: "json_api", api: "json_api", html: "html_page", page: "html_page", "web page": "html_page", table: "csv", tsv: "csv", "csv table": "csv" },
};

function kindOf(word: string): SourceKind | undefined {
  const text = word.trim().toLowerCase();
  return SOURCE_KINDS.find((kind) => kind === text || kind.replace("_", " ") === text) ?? KIND_WORDS[text];
}

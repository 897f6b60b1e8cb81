import { type SourceDefinition, sourceDefinitionSchema } from "@/domain/source";
import { hostOf } from "@/ui/runs/run-words";

/** One address that a person pasted. */
export interface SourceLine {
  url: string;
  /** What stood behind the address: a name of the person's own. */
  name: string | null;
  /** Why this is no address to collect from; null when it is one. */
  problem: string | null;
}

const LONGEST_NAME = 120;

/**
 * The addresses in a text of one a line, each with a name behind it if the person likes: "https://example.com/feed.xml The example". An
 * address that stands there twice counts once, and one without its beginning is taken for https.
 */
export function readSourceLines(text: string): SourceLine[] {
  const lines = text.split("\n").flatMap((line) => readLine(line.trim()));
  return lines.filter((line, index) => lines.findIndex(({ url }) => url === line.url) === index);
}

function readLine(line: string): SourceLine[] {
  const [typed = "", ...words] = line.split(/\s+/);
  if (typed === "") return [];
  const url = /^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`;
  const name = words.join(" ").slice(0, LONGEST_NAME) || null;
  const problem = sourceDefinitionSchema.safeParse(feedOf({ url, name: "x" })).error?.issues[0]?.message ?? null;
  return [{ url, name, problem }];
}

/** The source that an address becomes, named by the person, else by the feed itself, else by its host. */
export function definitionOf({ url, name }: SourceLine, title: string | null): SourceDefinition {
  return feedOf({ url, name: (name ?? title?.trim() ?? "").slice(0, LONGEST_NAME).trim() || hostOf(url) });
}

function feedOf(named: { url: string; name: string }): SourceDefinition {
  return { ...named, kind: "feed", config: {} };
}

import type { SourceDefinition } from "@/domain/source";
import { readEntry } from "@/domain/source-import";
import { readSourceList, type SourceEntry } from "@/domain/source-list";

/** One address that a person pasted. `problem`: why it is none to collect from; null when it is one. */
export type SourceLine = Omit<SourceEntry, "line">;

/** The addresses of a list as `readSourceList` reads it. One that stands there twice counts once. */
export function readSourceLines(text: string): SourceLine[] {
  const lines = readSourceList(text).map(({ line: _line, ...entry }) => ({ ...entry, problem: entry.problem ?? problemOf(entry) }));
  return lines.filter((line, index) => lines.findIndex(({ url }) => url === line.url) === index);
}

function problemOf(entry: SourceLine): string | null {
  const read = readEntry(entry);
  return read.ok ? null : read.problem;
}

/** The source that an address without a problem becomes, named by the person, else by the site itself, else by its host. */
export function definitionOf(line: SourceLine, title: string | null): SourceDefinition {
  const read = readEntry({ ...line, name: line.name ?? title });
  if (!read.ok) throw new Error(read.problem);
  return read.definition;
}

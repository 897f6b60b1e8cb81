import type { SourceDefinition } from "@/domain/source";
import { type ImportEntry, readEntry } from "@/domain/source-import";
import { type PlannedLine, planLines } from "@/ui/source-import/import-plan";

/** The sources of a list that a person pasted, as the import under Sources reads it. One that stands there twice counts once. */
export function readSourceLines(text: string): PlannedLine[] {
  return planLines(text, []).filter(({ outcome }) => outcome.outcome !== "known");
}

/** The source that an entry without a problem becomes. */
export function definitionOf(entry: ImportEntry): SourceDefinition {
  const read = readEntry(entry);
  if (!read.ok) throw new Error(read.problem);
  return read.definition;
}

/** The entry, named by the person, else by the site itself, else by its host. */
export function namedEntry(entry: ImportEntry, title: string | null): ImportEntry {
  return { ...entry, name: definitionOf({ ...entry, name: entry.name ?? title }).name };
}

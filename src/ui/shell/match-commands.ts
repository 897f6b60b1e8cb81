import type { Command } from "./palette-commands";

/** So many of one kind are shown: whoever looks for more types more. */
const MOST_OF_A_GROUP = 8;

/** The commands of one kind. */
export interface CommandGroup {
  name: Command["group"];
  commands: Command[];
}

/**
 * The commands that have every typed word in their label, description or keywords, by kind. Within a kind those whose label begins
 * with what was typed come first; the kind with the best match comes first.
 */
export function matchCommands(commands: readonly Command[], query: string): CommandGroup[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  const found = words.length === 0 ? commands.filter(({ isSearched }) => !isSearched) : ranked(commands, words);
  const groups = new Map<Command["group"], Command[]>();
  for (const command of found) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  return [...groups].map(([name, all]) => ({ name, commands: words.length === 0 ? all : all.slice(0, MOST_OF_A_GROUP) }));
}

function ranked(commands: readonly Command[], words: readonly string[]): Command[] {
  return commands
    .map((command) => ({ command, rank: rankOf(command, words) }))
    .filter(({ rank }) => rank > 0)
    .sort((one, other) => other.rank - one.rank)
    .map(({ command }) => command);
}

/** 0 when a word is missing. */
function rankOf({ label, description = "", keywords = "" }: Command, words: readonly string[]): number {
  const name = plain(label);
  const text = `${name} ${plain(description)} ${keywords}`;
  if (!words.every((word) => text.includes(word))) return 0;
  const typed = words.join(" ");
  if (name === typed) return 5;
  if (name.startsWith(typed)) return 4;
  if (words.every((word) => ` ${name}`.includes(` ${word}`))) return 3;
  return words.every((word) => name.includes(word)) ? 2 : 1;
}

/** Without accents and case, so that "sao" finds "São Paulo". */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

const SHOWN = 10;

/** “A”, “B” and 3 more */
export function nameList(names: readonly string[]): string {
  const quoted = names.map((name) => `“${name}”`);
  if (quoted.length > SHOWN) return `${quoted.slice(0, SHOWN).join(", ")} and ${quoted.length - SHOWN} more`;
  return quoted.length < 2 ? (quoted[0] ?? "") : `${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1)}`;
}

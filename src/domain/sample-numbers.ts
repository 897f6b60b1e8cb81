const MINUTE_MS = 60_000;

/** Minutes since 1970 at this instant: everything in the samples follows from it. */
export function minuteOf(at: Date): number {
  return Math.floor(at.getTime() / MINUTE_MS);
}

/** The instant at which this minute begins. */
export function startOfMinute(minute: number): Date {
  return new Date(minute * MINUTE_MS);
}

/** A number from 0 to below `limit` that looks random and is the same for the same seeds, anywhere and for ever. */
export function scatter(limit: number, ...seeds: number[]): number {
  let hash = 0x811c9dc5;
  for (const seed of seeds) {
    // Minutes since 1970 fit into 32 bits until the year 10136.
    hash = Math.imul(hash ^ seed, 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    hash ^= hash >>> 12;
  }
  return (hash >>> 0) % limit;
}

/** One of the entries, the same one for the same seeds. */
export function pickOne<T>(entries: readonly [T, ...T[]], ...seeds: number[]): T {
  return entries[scatter(entries.length, ...seeds)] ?? entries[0];
}

/** Text as it may stand between tags and in quoted attributes, in HTML and in XML. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

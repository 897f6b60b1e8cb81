/** Something that a page states about itself or about what it lists, with the names of schema.org; what belongs to it may be things again. */
export interface Thing {
  /** Without the vocabulary: `Product`. */
  type?: string[];
  /** What names it for other things, often an address. */
  id?: unknown;
  [property: string]: unknown;
}

/** What pages nest in earnest is far from it, recursion limits are near. */
export const MAX_DEPTH = 32;

export function isThing(value: unknown): value is Thing {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** One or several, as a list. */
export function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** `https://schema.org/Product` and `schema:Product` → `Product`. */
export function typeNames(value: unknown): string[] {
  return listOf(value).flatMap((type) => (typeof type === "string" ? (/([^/#:]+)[/#]?$/.exec(type.trim())?.[1] ?? []) : []));
}

/** The text or number of a property; of several the first, of a thing its own value, name or id. */
export function textOf(value: unknown): string | undefined {
  const [first] = listOf(value);
  if (typeof first === "string") return first.trim() || undefined;
  if (typeof first === "number") return String(first);
  if (!isThing(first)) return undefined;
  const { value: own, name, id, url } = first;
  const stated = [own, name, id, url].find((value) => typeof value === "number" || (typeof value === "string" && value !== ""));
  return stated === undefined ? undefined : String(stated);
}

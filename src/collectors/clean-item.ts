import { cleanText } from "@/domain/clean-text";
import type { JsonValue } from "@/domain/item";

const FORBIDDEN_NAMES = ["__proto__", "constructor", "prototype"];
/** Deeper values are dropped; PostgreSQL's own limit for jsonb is far away, recursion limits are nearer. */
const MAX_DEPTH = 64;
/** What is kept of a text in a field. */
export const MAX_FIELD_LENGTH = 10_000;

/** Any value as JSON. What has no JSON form becomes null or, as a member, is left out; names that reach a prototype are left out. */
export function cleanJson(value: unknown, depth = 0): JsonValue {
  if (typeof value === "string") return cleanText(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "boolean") return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value === null || typeof value !== "object" || depth >= MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((element) => cleanJson(element, depth + 1));
  return cleanFields(value, depth);
}

/** The members of an object as JSON. */
export function cleanFields(value: object, depth = 0): Record<string, JsonValue> {
  const members = Object.entries(value)
    .filter(([name, member]) => !FORBIDDEN_NAMES.includes(name) && member !== undefined && typeof member !== "function")
    .map(([name, member]): [string, JsonValue] => [cleanText(name), cleanJson(member, depth + 1)]);
  return Object.fromEntries(members);
}

/** Collapses white space, strips the ends. Undefined when nothing is left. */
export function tidyText(text: string | undefined, maxLength = 1000): string | undefined {
  const tidy = cleanText(text ?? "")
    .replace(/\s+/g, " ")
    .trim();
  return tidy === "" ? undefined : cutText(tidy, maxLength);
}

/** At most so many characters, the last of them a mark that there was more. */
export function cutText(text: string, maxLength = MAX_FIELD_LENGTH): string {
  return text.length > maxLength ? `${cleanText(text.slice(0, maxLength - 1)).replace(/\uFFFD$/, "")}…` : text;
}

/** What a page says, for a message: it may be long, and nothing for a database. */
export function quote(text: string, maxLength = 60): string {
  return tidyText(text, maxLength) ?? "";
}

/**
 * The absolute http(s) address that a link means on a page; undefined when it has none. Sites escape the ampersands of addresses once too often,
 * and no address means one that is escaped.
 */
export function resolveLink(link: string | undefined, baseUrl: string | undefined): string | undefined {
  const text = link?.includes("&amp;") ? link.replaceAll("&amp;", "&").trim() : link?.trim();
  if (!text || !URL.canParse(text, baseUrl)) return undefined;
  const url = new URL(text, baseUrl);
  return url.protocol === "http:" || url.protocol === "https:" ? cleanText(url.href) : undefined;
}

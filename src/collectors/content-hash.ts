import { createHash } from "node:crypto";
import type { CollectedItem, JsonValue } from "@/domain/item";

/** SHA-256 as lower-case hexadecimal. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/**
 * Identifies what an item says: equal for equal title, url, publishedAt and fields, whatever the order of the keys.
 * The key is not part of it. 64 hexadecimal digits.
 */
export function contentHash(item: Omit<CollectedItem, "key">): string {
  const { title, url, publishedAt, fields } = item;
  return sha256(canonicalJson({ title: title ?? null, url: url ?? null, publishedAt: publishedAt?.toISOString() ?? null, fields }));
}

function canonicalJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name] ?? null)}`);
  return `{${members.join(",")}}`;
}

import type { JsonValue } from "@/domain/item";

/** A collected value as text; what has structure as indented JSON. */
export function valueText(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

/** Values with structure or several lines are set as a block. */
export function isBlock(value: JsonValue): boolean {
  return (typeof value === "object" && value !== null) || (typeof value === "string" && value.includes("\n"));
}

/**
 * The address if a person may be sent there, else null. Addresses come from the sites that are collected, and a link to `javascript:`
 * would run in this page.
 */
export function webAddress(url: string | null): string | null {
  return url !== null && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : null;
}

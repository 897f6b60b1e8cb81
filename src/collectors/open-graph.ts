import type { CheerioAPI } from "cheerio";
import { resolveLink } from "./clean-item";
import type { Thing } from "./structured-thing";

const NAMES = /^(?:og|article|book|product|profile|video|music):/i;

/**
 * What a page states about itself for previews (ogp.me); undefined when it does not. Names lose `og:` and keep other prefixes. Its address is the
 * one that it calls the right one, if it does not state one here.
 */
export function readOpenGraph($: CheerioAPI, base: string): Thing | undefined {
  const found = new Map<string, string[]>();
  for (const element of $("meta[content]").toArray()) {
    const name = (element.attribs.property ?? element.attribs.name ?? "").trim();
    const content = element.attribs.content?.trim();
    if (!NAMES.test(name) || !content) continue;
    const plain = name.toLowerCase().replace(/^og:/, "");
    found.set(plain, [...(found.get(plain) ?? []), content]);
  }
  const { type, ...properties } = Object.fromEntries([...found].map(([name, values]) => [name, values.length === 1 ? values[0] : values]));
  if (found.size === 0) return undefined;
  const url = resolveLink($("link[rel~=canonical][href]").first().attr("href"), base);
  return { ...(url && { url }), ...properties, ...(typeof type === "string" && { type: [type] }) };
}

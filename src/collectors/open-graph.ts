import type { CheerioAPI } from "cheerio";
import type { Thing } from "./structured-thing";

const NAMES = /^(?:og|article|book|product|profile|video|music):/i;

/** What a page states about itself for previews (ogp.me); undefined when it does not. Names lose `og:` and keep other prefixes. */
export function readOpenGraph($: CheerioAPI): Thing | undefined {
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
  return { ...properties, ...(typeof type === "string" && { type: [type] }) };
}

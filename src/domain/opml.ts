import type { SourceEntry } from "./source-list";

/** A source as it is written into an OPML document. */
interface OpmlSource {
  name: string;
  url: string;
  /** Feeds are written as every feed reader reads them, others so that feed readers take them for empty folders. */
  kind: string;
  /** What the source says besides. */
  config: object;
}

/** Of the attributes that only Milkrun reads. */
const NAMESPACE = "urn:milkrun:source";

/** What begins a part of the document that matters here. */
const PARTS = /<!--|<!\[CDATA\[|<outline(?=[\s/>])/gi;
const ENDS: Record<string, string> = { "<!--": "-->", "<![cdata[": "]]>" };
const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const MOST_STRAY = 5_000;
const BREAKS_OFF = "The document breaks off in the middle of this outline. Export it again.";
const NO_ADDRESS = "This feed has no address (xmlUrl).";

/** True for what is meant as an OPML document, well-formed or not. */
export function isOpml(text: string): boolean {
  return /<opml[\s>]/i.test(text.slice(0, 5_000));
}

/**
 * The feeds of an OPML document (1.0 and 2.0), folders in folders or not, each with its line: from 1. What feed readers write is often no valid
 * XML, so only the tags of outlines are read, and one that is damaged costs no other. Takes time in proportion to the text.
 */
export function readOpml(text: string): SourceEntry[] {
  const lineAt = createLineCounter(text);
  const feeds: SourceEntry[] = [];
  const parts = new RegExp(PARTS);
  for (let part = parts.exec(text); part; part = parts.exec(text)) {
    const end = ENDS[part[0].toLowerCase()];
    if (end !== undefined) {
      parts.lastIndex = after(text, end, parts.lastIndex);
      continue;
    }
    const tag = readTag(text, parts.lastIndex);
    parts.lastIndex = tag.end;
    const feed = feedOf(tag, strayAddress(text, tag));
    if (feed) feeds.push({ line: lineAt(part.index), ...feed });
  }
  return feeds;
}

interface Tag {
  attributes: Map<string, string>;
  end: number;
  isWhole: boolean;
}

/** What is left of an outline whose description holds raw HTML, which ends the tag too early. */
function strayAddress(text: string, { attributes, end }: Tag): string | undefined {
  if (attributes.has("xmlurl")) return undefined;
  const [rest = ""] = text.slice(end, end + MOST_STRAY).split(/<\/?outline/i, 1);
  return /\sxmlUrl="([^"]{1,2000})"/i.exec(rest)?.[1];
}

/** Folders give null. */
function feedOf({ attributes, isWhole }: Tag, stray: string | undefined): Omit<SourceEntry, "line"> | null {
  const url = (attributes.get("xmlurl") ?? attributes.get("milkrun:url") ?? decodeEntities(stray ?? "")).replace(/\s/g, "");
  const own = { kind: attributes.get("milkrun:kind") ?? null, config: attributes.get("milkrun:config") ?? null };
  const name = (attributes.get("title") || attributes.get("text") || "").replace(/\s+/g, " ").trim() || null;
  if (!isWhole) return { url, name, ...own, problem: BREAKS_OFF };
  if (url !== "") return { url, name, ...own, problem: null };
  return /^(rss|atom)$/i.test(attributes.get("type") ?? "") ? { url, name, ...own, problem: NO_ADDRESS } : null;
}

/** The attributes of the tag whose name ends at `from`; feed readers write xmlUrl, xmlURL and xmlurl. */
function readTag(text: string, from: number): Tag {
  const attributes = new Map<string, string>();
  const part = /\s*(?:(\/?>)|([^\s=>/"']+)(?:\s*=\s*(["']))?|[^\s>])/y;
  part.lastIndex = from;
  for (let match = part.exec(text); match; match = part.exec(text)) {
    const [, close, name, quote] = match;
    if (close) return { attributes, end: part.lastIndex, isWhole: true };
    if (name === undefined || quote === undefined) continue;
    const end = text.indexOf(quote, part.lastIndex);
    if (end === -1) break;
    attributes.set(name.toLowerCase(), decodeEntities(text.slice(part.lastIndex, end)));
    part.lastIndex = end + 1;
  }
  return { attributes, end: text.length, isWhole: false };
}

function after(text: string, end: string, from: number): number {
  const at = text.indexOf(end, from);
  return at === -1 ? text.length : at + end.length;
}

/** Asked in the order of the text, it goes through it once. */
function createLineCounter(text: string): (index: number) => number {
  let [line, counted] = [1, 0];
  return (index) => {
    for (let at = text.indexOf("\n", counted); at !== -1 && at < index; at = text.indexOf("\n", counted)) {
      line += 1;
      counted = at + 1;
    }
    return line;
  };
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** A list of sources as OPML 2.0, of which every feed reader takes the feeds. */
export function writeOpml(title: string, sources: readonly OpmlSource[], now: Date): string {
  const outlines = sources.map((source) => `    ${outlineOf(source)}\n`);
  const head = `    <title>${escapeXml(title)}</title>\n    <dateCreated>${now.toUTCString()}</dateCreated>\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0" xmlns:milkrun="${NAMESPACE}">\n  <head>\n${head}  </head>\n  <body>\n${outlines.join("")}  </body>\n</opml>\n`;
}

function outlineOf({ name, url, kind, config }: OpmlSource): string {
  const where = kind === "feed" ? { type: "rss", text: name, title: name, xmlUrl: url } : { text: name, title: name, "milkrun:kind": kind, "milkrun:url": url };
  const how = Object.keys(config).length > 0 ? { "milkrun:config": JSON.stringify(config) } : {};
  const attributes = Object.entries({ ...where, ...how }).map(([attribute, value]) => `${attribute}="${escapeXml(value)}"`);
  return `<outline ${attributes.join(" ")}/>`;
}

/** Characters that XML 1.0 has no way to write are left out; line breaks would become spaces. */
function escapeXml(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, "\uFFFD")
    .replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replace(/[&<>"\t\n\r]/g, (character) => `&#${character.codePointAt(0)};`);
}

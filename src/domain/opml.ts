import type { SourceEntry } from "./source-list";

/** What begins a part of the document that matters here. */
const PARTS = /<!--|<!\[CDATA\[|<outline(?=[\s/>])/gi;
const ENDS: Record<string, string> = { "<!--": "-->", "<![cdata[": "]]>" };
/** Blanks as the document's own. Those that are meant are written as references: everybody may break and join its lines. */
const BLANKS = /[ \t\r\n]+/g;
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
  // Of a source of another kind; the second was its name at first.
  const own = attributes.get("milkrun:address") ?? attributes.get("milkrun:url");
  const url = decodeEntities((attributes.get("xmlurl") ?? own ?? stray ?? "").replace(BLANKS, ""));
  const name = nameOf(attributes.get("title")) || nameOf(attributes.get("text")) || null;
  const entry = { url, name, ...ownOf(attributes) };
  if (!isWhole) return { ...entry, problem: BREAKS_OFF };
  if (url !== "") return { ...entry, problem: null };
  return /^(rss|atom)$/i.test(attributes.get("type") ?? "") ? { ...entry, problem: NO_ADDRESS } : null;
}

function nameOf(written = ""): string {
  return decodeEntities(written.replace(BLANKS, " ")).trim();
}

/** What only Milkrun writes. */
function ownOf(attributes: Tag["attributes"]): Pick<SourceEntry, "kind" | "config" | "enabled" | "headers" | "sharesAddress"> {
  const textOf = (name: string) => decodeEntities(attributes.get(`milkrun:${name}`) ?? "");
  return {
    kind: textOf("kind") || null,
    config: textOf("config") || null,
    enabled: textOf("enabled") !== "false",
    headers: textOf("headers").split(/\s+/).filter(Boolean),
    sharesAddress: textOf("shares-address") === "true",
  };
}

/** The attributes of the tag whose name ends at `from` as they are written; feed readers write xmlUrl, xmlURL and xmlurl. */
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
    attributes.set(name.toLowerCase(), text.slice(part.lastIndex, end));
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
  let [line, next] = [1, text.indexOf("\n")];
  return (index) => {
    for (; next !== -1 && next < index; next = text.indexOf("\n", next + 1)) line += 1;
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

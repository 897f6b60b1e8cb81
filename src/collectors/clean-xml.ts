import { CollectError } from "./collect-error";

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0, section 2.2, forbids exactly these, and sites send them.
const ILLEGAL_CHARACTERS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/** A character beyond U+FFFF, written as the two halves that some programs keep it in. */
const HALVES = /&#(?:(5\d{4})|x(d[89ab][\da-f]{2}));&#(?:(5\d{4})|x(d[c-f][\da-f]{2}));/gi;

/**
 * XML that a parser accepts, out of what sites send: without junk before the first tag, characters that XML forbids, halves of characters, and
 * the document type. Throws CollectError when the document type declares entities: that is how a few bytes become gigabytes.
 */
export function cleanXml(text: string): string {
  const start = text.indexOf("<");
  const body = (start > 0 ? text.slice(start) : text).replace(ILLEGAL_CHARACTERS, "");
  return withoutDoctype(/&#(?:5[56]|xd[89ab])/i.test(body) ? body.replace(HALVES, joinHalves) : body);
}

function joinHalves(_halves: string, high?: string, highHex = "", low?: string, lowHex = ""): string {
  return String.fromCharCode(Number(high ?? `0x${highHex}`), Number(low ?? `0x${lowHex}`));
}

/** Walks over the prolog only: what looks like a document type inside an item is text. */
function withoutDoctype(text: string): string {
  let at = 0;
  while (at < text.length) {
    if (text.startsWith("<?", at)) at = after(text, "?>", at);
    else if (text.startsWith("<!--", at)) at = after(text, "-->", at);
    else if (/^<!doctype/i.test(text.slice(at, at + 9))) return text.slice(0, at) + text.slice(endOfDoctype(text, at));
    else if (text[at] === "<") return text;
    else at = nextTag(text, at);
  }
  return text;
}

function after(text: string, end: string, from: number): number {
  const at = text.indexOf(end, from);
  return at === -1 ? text.length : at + end.length;
}

function nextTag(text: string, from: number): number {
  const at = text.indexOf("<", from);
  return at === -1 ? text.length : at;
}

function endOfDoctype(text: string, from: number): number {
  const opening = /^[^[>"']*(?:(?:"[^"]*"|'[^']*')[^[>"']*)*/.exec(text.slice(from, from + 4096))?.[0].length ?? 0;
  const at = from + opening;
  if (text[at] !== "[") return after(text, ">", at);
  const end = text.indexOf("]", at);
  const subset = text.slice(at, end === -1 ? undefined : end);
  if (/<!entity/i.test(subset) || end === -1) throw entitiesError();
  return after(text, ">", end);
}

function entitiesError(): CollectError {
  return new CollectError("bad_document", "The document declares XML entities, which can be used to exhaust a reader. It was not read.");
}

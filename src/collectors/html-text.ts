import { load } from "cheerio";

const TAG = /<\/?[a-z!][^<>]*>/gi;
const INLINE_TAG = /^<\/?(?:a|abbr|b|bdi|bdo|cite|code|em|font|i|kbd|mark|q|s|small|span|strong|sub|sup|tt|u|wbr)\b/i;
const HIDDEN_START = /<!--|<(script|style|template)\b[^<>]*>/gi;
/** As long as titles are. In longer texts nobody can tell what is no tag without looking through them once for each. */
const MOST_TITLE_LENGTH = 500;
const ELEMENTS = new Set(
  (
    "a abbr acronym address area article aside audio b base bdi bdo big blink blockquote body br button canvas caption center cite code col colgroup data " +
    "datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header " +
    "hgroup hr html i iframe img input ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noframes noscript object ol " +
    "optgroup option output p param picture pre progress q rp rt ruby s samp script section select slot small source span strike strong style sub summary " +
    "sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr"
  ).split(" "),
);
const NUMERIC = /^&#(?:(\d+)|x([\da-f]+));?$/i;
/** Below are those that HTML gives another meaning. */
const FIRST_PLAIN_CODE = 0xa0;
const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});?/gi;

/** HTML has 2,231 names; texts use a dozen. */
const decoded = new Map([
  ["&amp;", "&"],
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&quot;", '"'],
  ["&nbsp;", "\u00A0"],
]);

/** The words of a piece of HTML, without parsing it into a tree: feeds hold thousands of such pieces. Takes time in proportion to its length. */
export function htmlToText(stated: string): string {
  if (!/[<&]/.test(stated)) return stated;
  // Feeds escape the marks of CDATA, too, which say nothing in HTML.
  const html = stated.includes("<![CDATA[") ? stated.replace(/<!\[CDATA\[|\]\]>/g, "") : stated;
  const isTitle = html.length <= MOST_TITLE_LENGTH;
  return decodeEntities(withoutHidden(html).replace(TAG, (tag) => (isTitle && isText(tag, html) ? tag : INLINE_TAG.test(tag) ? "" : " ")));
}

/** Titles of feeds may be text or HTML: in `Vector<int> explained` there is no tag. */
function isText(tag: string, html: string): boolean {
  const name = /^<([a-z]\w*)>$/i.exec(tag)?.[1];
  return name !== undefined && !ELEMENTS.has(name.toLowerCase()) && !html.includes(`</${name}`);
}

/** Decodes HTML's character references. */
function decodeEntities(text: string): string {
  return text.includes("&") ? text.replace(ENTITY, decodeEntity) : text;
}

function decodeEntity(entity: string): string {
  const known = decoded.get(entity);
  if (known !== undefined) return known;
  const plain = plainCharacter(entity);
  if (plain !== undefined) return plain;
  const character = load(entity, { xml: { xmlMode: false, decodeEntities: true } }, false).text();
  // Names that mean nothing come in any number; real ones do not.
  if (character !== entity && !entity.startsWith("&#")) decoded.set(entity, character);
  return character;
}

/** Of a number that means what it says; parsing each of the thousands that a text may hold takes too long. */
function plainCharacter(entity: string): string | undefined {
  const [, decimal, hex] = NUMERIC.exec(entity) ?? [];
  const code = Number(decimal ?? `0x${hex}`);
  const isCharacter = code >= FIRST_PLAIN_CODE && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : undefined;
}

/** Without comments and what browsers do not show. Looks for each kind of end only until one is missing, or hostile text would take for ever. */
function withoutHidden(html: string): string {
  const endless = new Set<string>();
  let kept = "";
  let at = 0;
  for (const { 0: opening, 1: element, index } of html.matchAll(HIDDEN_START)) {
    const end = element === undefined ? "-->" : `</${element.toLowerCase()}`;
    if (index < at || endless.has(end)) continue;
    const closing = indexOfEnd(html, end, index + opening.length);
    if (closing === -1) endless.add(end);
    else {
      kept += `${html.slice(at, index)} `;
      at = closing;
    }
  }
  return kept + html.slice(at);
}

function indexOfEnd(html: string, end: string, from: number): number {
  const pattern = new RegExp(end, "gi");
  pattern.lastIndex = from;
  const match = pattern.exec(html);
  if (!match) return -1;
  return end === "-->" ? match.index + end.length : match.index;
}

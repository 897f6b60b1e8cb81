const INLINE = [
  "strong",
  "em",
  "b",
  "i",
  "u",
  "s",
  "del",
  "ins",
  "sub",
  "sup",
  "small",
  "mark",
  "q",
  "cite",
  "code",
  "kbd",
  "samp",
  "var",
  "abbr",
  "a",
  "img",
  "br",
];
const BLOCKS = ["p", "blockquote", "pre", "ul", "ol", "dl", "figure", "table", "hr", "div", "h1", "h2", "h3", "h4", "h5", "h6"];
/** Shown so where they stand in one of these. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  li: ["ul", "ol"],
  dt: ["dl"],
  dd: ["dl"],
  figcaption: ["figure"],
  caption: ["table"],
  thead: ["table"],
  tbody: ["table"],
  tfoot: ["table"],
  tr: ["table", "thead", "tbody", "tfoot"],
  th: ["tr"],
  td: ["tr"],
};
/** Under their own names they would be landmarks and controls of this page. */
const AS_BLOCK = ["section", "article", "main", "header", "footer", "aside", "address", "details", "summary", "center"];

const SHOWN_AS: ReadonlyMap<string, string> = new Map([
  ...[...INLINE, ...BLOCKS, ...Object.keys(PARTS)].map((name) => [name, name] as const),
  ...AS_BLOCK.map((name) => [name, "div"] as const),
]);

/** Elements whose content is no text of the page. */
const UNSEEN: ReadonlySet<string> = new Set([
  ...["head", "title", "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "audio", "video", "canvas"],
  ...["select", "textarea", "datalist", "noembed", "noframes", "xmp", "plaintext", "listing"],
]);

/** What is read of an element. No style and no name: both would reach beyond the text. */
const READ_ATTRIBUTES: ReadonlySet<string> = new Set(["href", "src", "alt", "width", "height", "colspan", "rowspan", "start", "dir", "lang"]);

/** As which element one of a site's text is shown within another; null where only its content is, in its place. */
export function shownAs(name: string, parent: string | null): string | null {
  const shown = SHOWN_AS.get(name) ?? null;
  const isOutOfPlace = Object.hasOwn(PARTS, name) && !(parent !== null && PARTS[name]?.includes(parent));
  return isOutOfPlace ? "div" : shown;
}

/** Whether an element is left out with everything in it. */
export function isUnseen(name: string): boolean {
  return UNSEEN.has(name);
}

/** Those of an element's attributes that are read. */
export function readAttributes(stated: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(stated).filter(([name]) => READ_ATTRIBUTES.has(name)));
}

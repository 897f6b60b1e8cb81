import { addressKey } from "./source-address";
import { FORBIDDEN_IN_XML } from "./xml-text";

/** A source as it is written into an OPML document. */
export interface OpmlSource {
  name: string;
  url: string;
  /** Feeds are written as every feed reader reads them, others so that feed readers take them for empty folders. */
  kind: string;
  /** What the source says besides. */
  config: object;
  enabled: boolean;
  /** Names of the request headers that it sends; the values stay where they are. */
  headers: readonly string[];
}

/** Of the attributes that only Milkrun reads. */
const NAMESPACE = "urn:milkrun:source";

/** A list of sources as OPML 2.0, of which every feed reader takes the feeds, and another Milkrun all there is to say of every source. */
export function writeOpml(title: string, sources: readonly OpmlSource[], now: Date): string {
  const addresses = new Set<string>();
  const outlines = sources.map((source) => {
    const sharesAddress = addresses.has(addressKey(source.url));
    addresses.add(addressKey(source.url));
    return `    ${outlineOf(source, sharesAddress)}\n`;
  });
  const head = `    <title>${escapeXml(title)}</title>\n    <dateCreated>${now.toUTCString()}</dateCreated>\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0" xmlns:milkrun="${NAMESPACE}">\n  <head>\n${head}  </head>\n  <body>\n${outlines.join("")}  </body>\n</opml>\n`;
}

/** @param sharesAddress whether a source further up has the same address: otherwise it would be taken for that one */
function outlineOf({ name, url, kind, config, enabled, headers }: OpmlSource, sharesAddress: boolean): string {
  const address = escapeXml(url).replaceAll(" ", "&#32;");
  // None of ours may be called url: some readers look for that of a feed whatever stands before the colon.
  const title = `text="${escapeXml(name)}" title="${escapeXml(name)}"`;
  const where = kind === "feed" ? `type="rss" ${title} xmlUrl="${address}"` : `${title} milkrun:kind="${kind}" milkrun:address="${address}"`;
  const how = {
    config: Object.keys(config).length > 0 && JSON.stringify(config),
    enabled: !enabled && "false",
    headers: headers.join(" "),
    "shares-address": sharesAddress && "true",
  };
  const own = Object.entries(how).flatMap(([attribute, value]) => (value ? [`milkrun:${attribute}="${escapeXml(value)}"`] : []));
  return `<outline ${[where, ...own].join(" ")}/>`;
}

/**
 * As `xml-text.ts`, and without the characters that XML 1.0 has no way to write. Blanks that a reader would take for the document's own are written
 * as references.
 */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(FORBIDDEN_IN_XML, "")
    .replace(/[&<>"\t\n\r]| (?= )/g, (character) => `&#${character.codePointAt(0)};`);
}

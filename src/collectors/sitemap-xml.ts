import { Parser } from "htmlparser2";
import { CollectError } from "./collect-error";

/** An element below a record of a sitemap. Names are local ones in lower case: sites declare namespaces wrongly, or not at all. */
export interface XmlNode {
  name: string;
  attributes: Record<string, string>;
  /** Its own text and that of the elements in it, with white space at the ends. */
  text: string;
  children: XmlNode[];
}

/** What was read of a sitemap. */
interface SitemapRecords {
  records: XmlNode[];
  /** The document ends before its elements do. */
  isCutOff: boolean;
}

const RECORDS = ["url", "sitemap"];
const ROOTS = ["urlset", "sitemapindex"];
/** Sitemaps have four levels. The parser takes longer for each the more there are. */
const MAX_DEPTH = 64;

/**
 * The `url` and `sitemap` elements of a document, in its order, at most `limit`. Of the last one of a document that was cut off there is what was
 * said to its end: half an address would be another one. A reader of events and not of trees: a sitemap of 50,000
 * addresses takes a tenth of the time, and no memory for what is not kept.
 * @throws CollectError `bad_document` when elements are nested without end.
 */
export function readSitemapRecords(xml: string, limit: number): SitemapRecords {
  const records: XmlNode[] = [];
  /** From the record down to the element that is open; empty outside of records. */
  const open: XmlNode[] = [];
  let depth = 0;
  let roots = 0;

  function enter(qualified: string, attributes: Record<string, string>): void {
    depth += 1;
    if (depth > MAX_DEPTH) throw new CollectError("bad_document", "The document nests its elements too deeply for a sitemap. Nothing was collected.");
    const name = localName(qualified);
    if (ROOTS.includes(name)) roots += 1;
    if (records.length >= limit || (open.length === 0 && !RECORDS.includes(name))) return;
    const node: XmlNode = { name, attributes, text: "", children: [] };
    open.at(-1)?.children.push(node);
    open.push(node);
  }

  function leave(qualified: string): void {
    depth -= 1;
    const name = localName(qualified);
    if (ROOTS.includes(name)) roots -= 1;
    if (open.at(-1)?.name !== name) return;
    const node = open.pop();
    const above = open.at(-1);
    if (node && above) above.text += node.text;
    else if (node) records.push(node);
  }

  const handlers = {
    onopentag: enter,
    onclosetag: leave,
    ontext: (text: string) => {
      const node = open.at(-1);
      if (node) node.text += text;
    },
  };
  new Parser(handlers, { xmlMode: true, decodeEntities: true }).write(xml);
  const [unfinished, inside] = open;
  if (unfinished) records.push({ ...unfinished, children: unfinished.children.filter((child) => child !== inside) });
  return { records, isCutOff: roots > 0 };
}

function localName(qualified: string): string {
  return qualified.slice(qualified.indexOf(":") + 1).toLowerCase();
}

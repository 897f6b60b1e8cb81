import { Parser } from "htmlparser2";
import { resolveLink, tidyText } from "./clean-item";
import { cleanXml } from "./clean-xml";
import { CollectError } from "./collect-error";
import { decodeText } from "./decode-text";
import type { AdvertisedFeed } from "./not-a-feed";

export interface ParsedOpml {
  title?: string;
  /** Each once, in the list's order. */
  feeds: AdvertisedFeed[];
}

const MAX_TITLE_LENGTH = 120;
/** Folders in folders. The parser takes longer for each level the more there are. */
const MAX_DEPTH = 256;
/** What is left of an outline whose description holds raw HTML, which ends the tag too early. */
const STRAY_ADDRESS = /\sxmlUrl="([^"]{1,2000})"/i;

/**
 * Reads the list of feeds that a feed reader exports (OPML 1.0 and 2.0). Run this in the sandbox.
 * @throws CollectError `bad_document`
 */
export function parseOpml(body: Uint8Array, { url, contentType }: { url: string; contentType?: string }): ParsedOpml {
  const xml = cleanXml(decodeText(body, contentType, "xml"));
  if (!/<opml[\s>]/i.test(xml.slice(0, 5000))) throw new CollectError("bad_document", "This is not OPML. Nothing was read. Check the address.");
  const feeds = new Map<string, AdvertisedFeed>();
  let [depth, title, isInTitle] = [0, "", false];
  let outline: Record<string, string> = {};

  function add(address: string | undefined): void {
    const feedUrl = resolveLink(address, url);
    if (feedUrl !== undefined && !feeds.has(feedUrl)) feeds.set(feedUrl, { url: feedUrl, title: tidyText(outline.title ?? outline.text, MAX_TITLE_LENGTH) });
  }

  const handlers = {
    onopentag(name: string, attributes: Record<string, string>) {
      depth += 1;
      if (depth > MAX_DEPTH) throw new CollectError("bad_document", "The list nests its folders too deeply. Nothing was read. Check the address.");
      isInTitle = name === "title";
      if (name !== "outline") return;
      outline = attributes;
      add(attributes.xmlurl);
    },
    ontext(text: string) {
      if (isInTitle) title += text;
      else add(STRAY_ADDRESS.exec(text)?.[1]);
    },
    onclosetag() {
      depth -= 1;
      isInTitle = false;
    },
  };
  new Parser(handlers, { xmlMode: true, decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true }).end(xml);
  return { title: tidyText(title, MAX_TITLE_LENGTH), feeds: [...feeds.values()] };
}

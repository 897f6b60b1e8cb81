import { load } from "cheerio";
import { decodeText } from "@/collectors/decode-text";
import { parseHtmlPage } from "@/collectors/html-items";
import { readJsonLd } from "@/collectors/json-ld";
import { readMicrodata } from "@/collectors/microdata";
import { advertisedFeeds } from "@/collectors/not-a-feed";
import { readOpenGraph } from "@/collectors/open-graph";
import { isThing, listOf, typeNames } from "@/collectors/structured-thing";
import { suggestLists } from "@/collectors/suggest-lists";
import { htmlPageConfigSchema } from "@/domain/source";
import type { Corpus } from "./corpus-files";
import { type JudgedCase, judge } from "./judged-case";

/** What extruct takes the addresses of its microdata to refer to. */
const BASE = "http://www.example.com/microdata/";

interface ListingPage {
  file: string;
  selectors: { PAGE?: string };
  page_links: string[];
}

/** Lists on web pages: as many addresses as the links that people annotated. */
export async function judgeListings(corpus: Corpus): Promise<JudgedCase[]> {
  const listings: ListingPage[] = JSON.parse(corpus.text("html/listing/pagination.json"));
  const pages = listings.filter(({ selectors, page_links }) => selectors.PAGE && page_links.length > 0);
  return await Promise.all(
    pages.map(({ file, selectors, page_links }) => {
      const config = htmlPageConfigSchema.parse({ itemSelector: selectors.PAGE });
      const url = BASE + file;
      const read = () => {
        const { items, title } = parseHtmlPage(corpus.bytes(file), { url, contentType: "text/html" }, config);
        const isDamaged = `${title} ${items.map((item) => item.title).join(" ")}`.includes("\uFFFD");
        return isDamaged ? "damaged characters" : new Set(items.flatMap((item) => item.url ?? [])).size;
      };
      return judge(file, new Set(page_links.map((link) => new URL(link, url).href)).size, read);
    }),
  );
}

/** How many items each of these pages lists, counted by hand: posts, products, events, topics or, of a page about one thing, none. */
const LISTED: Record<string, number> = {
  ...{ "1": 20, "2": 20, "3": 3, "11": 10, "12": 10, "22": 10, "23": 10, "29": 31, "30": 30, "36": 30, "59": 13, "60": 13, "68": 15, "69": 15, "76": 10 },
  ...{ "77": 10, "80": 5, "81": 5, "95": 20, "96": 20, "118": 10, "119": 10, "140": 9, "141": 9, "148": 5, "149": 5, "158": 0, "159": 0, "184": 20, "185": 20 },
};

/** Lists on web pages that are found by themselves: as many elements as people count items. */
export async function judgeFoundLists(corpus: Corpus): Promise<JudgedCase[]> {
  return await Promise.all(
    Object.entries(LISTED).map(([page, count]) => {
      const file = `html/listing/${page}.html`;
      const body = corpus.bytes(file);
      const $ = load(decodeText(body, "text/html", "html"));
      const read = () => {
        const [list] = suggestLists($, { url: BASE + file, maxItems: 1_000 });
        return list ? $(list.config.itemSelector).length : 0;
      };
      return judge(`${file}: its list`, count, read);
    }),
  );
}

/** Pages that name feeds: all of them, in their order. */
export async function judgeAutodiscovery(corpus: Corpus): Promise<JudgedCase[]> {
  const pages = corpus.entries.filter(({ kind }) => kind === "html-autodiscovery");
  return await Promise.all(
    pages.map(({ file, expected_feed_links = [] }) => {
      const expected = expected_feed_links.map(({ href }) => new URL(href, BASE).href);
      return judge(file, expected, () => advertisedFeeds(corpus.text(file), BASE).map(({ url }) => url));
    }),
  );
}

/** Structured data: the same things with the same properties as extruct finds, however either writes them down. */
export async function judgeStructuredData(corpus: Corpus): Promise<JudgedCase[]> {
  const pages = corpus.entries.filter(({ kind }) => kind === "html-structured");
  return await Promise.all(
    pages.map(({ file, expected_file = "" }) => {
      const $ = load(corpus.text(file));
      const { expected, give } = comparisonOf(JSON.parse(corpus.text(expected_file)), {
        jsonLd: () => readJsonLd($),
        microdata: () => readMicrodata($, BASE),
        openGraph: () => readOpenGraph($, BASE),
      });
      return judge(file, expected, give);
    }),
  );
}

interface Readers {
  jsonLd: () => unknown[];
  microdata: () => unknown[];
  openGraph: () => unknown;
}

/** The expectations have a shape of their own for each kind of structured data. */
function comparisonOf(document: unknown, { jsonLd, microdata, openGraph }: Readers): { expected: unknown; give: () => unknown } {
  if (isThing(document) && "json-ld" in document) return { expected: plain(document["json-ld"]), give: () => plain(jsonLd()) };
  const list = listOf(document);
  if (list.some((value) => isThing(value) && "properties" in value)) return { expected: plain(document), give: () => plain(microdata()) };
  if (list.some((value) => isThing(value) && Object.keys(value).some((name) => name.includes("ogp.me")))) {
    return {
      expected: textsOf(document).sort(),
      give: () =>
        textsOf(openGraph())
          .filter((text) => textsOf(document).includes(text))
          .sort(),
    };
  }
  return { expected: plain(document), give: () => plain(jsonLd()) };
}

/** Types without their vocabulary, addresses absolute, one value as itself, names in order, white space as one space. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 && !isThing(value[0]) ? plain(value[0]) : value.map(plain);
  if (typeof value === "string") return absolute(value.replace(/\s+/g, " ").trim());
  if (!isThing(value)) return value;
  const { properties, "@context": _context, "@type": type = value.type, "@id": id = value.id, ...own } = value;
  const members = { ...own, ...(isThing(properties) ? properties : {}), type: typeNames(type).join(" ") || undefined, id };
  return Object.fromEntries(
    Object.entries(members)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, member]) => [name, plainMember(member)]),
  );
}

function plainMember(member: unknown): unknown {
  return Array.isArray(member) && member.length === 1 ? plain(member[0]) : plain(member);
}

function absolute(text: string): string {
  return text.startsWith("/") && URL.canParse(text, BASE) ? new URL(text, BASE).href : text;
}

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value.replace(/\s+/g, " ").trim()];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return isThing(value) ? Object.values(value).flatMap(textsOf) : [];
}

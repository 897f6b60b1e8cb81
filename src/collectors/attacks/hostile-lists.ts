import { type CsvConfig, csvConfigSchema, sitemapConfigSchema } from "@/domain/source";
import { DEEP, type HostileDocument, laughs, numbered, page, times } from "./hostile-document";

const sitemap = (text: string) => ({ task: "sitemap" as const, input: { ...page(text), config: sitemapConfigSchema.parse({}) } });
const csv = (text: string, config: Partial<CsvConfig> = {}) => ({ task: "csv" as const, input: { ...page(text), config: csvConfigSchema.parse(config) } });

const urls = (count: number, inner = "") => times(count, `<url><loc>https://x.example/</loc>${inner}</url>`);
const SITEMAPS: HostileDocument[] = [
  { name: "a billion laughs in a sitemap", ...sitemap(laughs().replaceAll("rss", "urlset")), endings: ["bad_document"] },
  { name: "200,000 nested elements in a sitemap", ...sitemap(`<urlset>${times(DEEP, "<url>")}`), endings: ["bad_document"] },
  { name: "200,000 attributes of an element in a sitemap", ...sitemap(`<urlset><url ${numbered(DEEP)}>`), endings: ["read", "timeout"] },
  { name: "200,000 addresses in a sitemap", ...sitemap(`<urlset>${urls(DEEP)}`), endings: ["read", "timeout"] },
  { name: "an address with 200,000 pictures", ...sitemap(`<urlset>${urls(1, times(DEEP, "<image:image><image:loc>/x"))}`), endings: ["bad_document"] },
  { name: "an address of 9 MB in a sitemap", ...sitemap(`<urlset><url><loc>https://x.example/${times(9_000_000, "x")}`), endings: ["read", "timeout"] },
  { name: "4 MB of comments that do not end in a sitemap", ...sitemap(`<urlset>${times(1_000_000, "<!--")}`), endings: ["read", "timeout"] },
  { name: "a text of 10 MB of line breaks", ...sitemap(`https://x.example/${times(10_000_000, "\n")}x`), endings: ["read", "timeout"] },
  {
    name: "a sitemap of elements named like prototype keys",
    ...sitemap("<urlset><url><loc>/x</loc><__proto__>x</__proto__><constructor/></url>"),
    endings: ["read"],
  },
];

const TABLES: HostileDocument[] = [
  { name: "a row of five million cells", ...csv(times(5_000_000, ",")), endings: ["read", "timeout"] },
  { name: "200,000 columns with one name", ...csv(`${times(DEEP, "a,")}\n${times(DEEP, "1,")}`), endings: ["read", "timeout"] },
  { name: "10,000 rows of 500 cells", ...csv(times(10_000, `${times(500, "1,")}\n`)), endings: ["read", "timeout", "too_large", "bad_document"] },
  { name: "five million rows", ...csv(times(5_000_000, "1\n")), endings: ["read", "timeout"] },
  { name: "a cell of 10 MB", ...csv(`a,b\n1,"${times(10_000_000, "x")}"`), endings: ["read"] },
  { name: "quotations that never end", ...csv(`a,b\n${times(500_000, '"x,\n')}"""`), endings: ["read", "timeout"] },
  { name: "10 MB of quotation marks", ...csv(`a,b\n${times(10_000_001, '"')}`), endings: ["read", "timeout"] },
  { name: "10 MB of spaces", ...csv(`a,b\n1,${times(10_000_000, " ")}x`), endings: ["read", "timeout"] },
  { name: "columns named like prototype keys", ...csv("__proto__,constructor,prototype,toString\n1,2,3,4\n5,6,7,8"), endings: ["read"] },
  {
    name: "a column of a megabyte that is not there",
    ...csv(`a,${times(1_000_000, "b")}\n1,2`, { titleColumn: "c\u0000" }),
    endings: ["bad_expression"],
  },
  { name: "bytes that are no table", ...csv(Buffer.alloc(1_000_000, 0x01).toString("latin1")), endings: ["read", "bad_document"] },
];

const inspected = (text: string) => ({ task: "inspect" as const, input: page(text) });
const UNKNOWNS: HostileDocument[] = [
  { name: "a page of 200,000 elements to be inspected", ...inspected(`<html>${times(DEEP, "<div>")}`), endings: ["timeout", "bad_document"] },
  {
    name: "a page that names 20,000 feeds, to be inspected",
    ...inspected(`<html>${times(20_000, '<link rel=alternate type="application/rss+xml" href="/x">')}`),
    endings: ["read", "timeout"],
  },
  { name: "a title of a megabyte to be inspected", ...inspected(`<html><title>${times(1_000_000, "x")}`), endings: ["read", "timeout"] },
  { name: "an OPML list of 200,000 nested folders", ...inspected(`<opml><body>${times(DEEP, "<outline>")}`), endings: ["read"] },
  { name: "bytes to be inspected", ...inspected(Buffer.alloc(1_000_000, 0xff).toString("latin1")), endings: ["read", "timeout"] },
];

/** Sitemaps, tables, and what nobody says anything of. */
export const hostileLists: HostileDocument[] = [...SITEMAPS, ...TABLES, ...UNKNOWNS];

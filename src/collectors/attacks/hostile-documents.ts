import { type HtmlPageConfig, htmlPageConfigSchema, type JsonApiConfig, jsonApiConfigSchema } from "@/domain/source";
import { DEEP, type HostileDocument, laughs, numbered, page, rss, times } from "./hostile-document";
import { hostileLists } from "./hostile-lists";

const feed = (text: string) => ({ task: "feed" as const, input: page(text) });
const json = (text: string, config: Partial<JsonApiConfig> = {}) => ({
  task: "json_page" as const,
  input: { ...page(text), config: jsonApiConfigSchema.parse(config) },
});
const html = (text: string, config: Partial<HtmlPageConfig> = {}) => ({
  task: "html_page" as const,
  input: { ...page(text), config: htmlPageConfigSchema.parse({ itemSelector: "p", ...config }) },
});

const item = (inner: string) => rss(`<item>${inner}</item>`);
const DTDS: HostileDocument[] = [
  { name: "a billion laughs", ...feed(laughs()), endings: ["bad_document"] },
  {
    name: "an entity that is a file",
    ...feed(rss("<item><title>&f;</title></item>", '<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>')),
    endings: ["bad_document"],
  },
  { name: "an entity that is an address", ...feed(rss("", '<!DOCTYPE rss [<!ENTITY % f SYSTEM "http://169.254.169.254/"> %f;]>')), endings: ["bad_document"] },
  {
    name: "one entity of a megabyte, used 10,000 times",
    ...feed(rss(`<item><title>${times(10_000, "&x;")}</title></item>`, `<!DOCTYPE rss [<!ENTITY x "${times(1_000_000, "x")}">]>`)),
    endings: ["bad_document"],
  },
  { name: "entities behind a comment", ...feed(rss("", '<!-- > --><?x ?><!doctype rss [ <!-- ] --> <!EnTiTy x "x">]>')), endings: ["bad_document", "read"] },
  { name: "a document type that never ends", ...feed(`<!DOCTYPE rss [${times(1_000_000, "<!ELEMENT x ANY>")}`), endings: ["bad_document"] },
  {
    name: "a document type of quotation marks",
    ...feed(`<!DOCTYPE rss ${times(500_000, "\"'")}>${item("")}`),
    endings: ["not_a_feed", "bad_document", "read"],
  },
];

const TOWERS: HostileDocument[] = [
  { name: "200,000 nested elements in a feed", ...feed(item(times(DEEP, "<a>"))), endings: ["timeout", "bad_document", "not_a_feed", "read"] },
  { name: "200,000 nested elements in a page", ...html(`<p>x</p>${times(DEEP, "<div>")}`), endings: ["timeout", "bad_document"] },
  { name: "200,000 unclosed formatting elements", ...html(`${times(DEEP, "<b><i>")}<p>x`), endings: ["timeout", "bad_document", "read"] },
  { name: "200,000 attributes of an element in a page", ...html(`<p ${numbered(DEEP)}>x</p>`), endings: ["timeout", "bad_document", "read"] },
  {
    name: "200,000 attributes of an element in a feed",
    ...feed(item(`<title ${numbered(DEEP)}>x</title>`)),
    endings: ["timeout", "bad_document", "not_a_feed", "read"],
  },
  { name: "200,000 nested lists in JSON", ...json(times(DEEP, "[") + times(DEEP, "]")), endings: ["bad_document"] },
  { name: "200,000 nested objects in JSON", ...json(`{"items":[${times(DEEP, '{"a":')}1${times(DEEP, "}")}]}`), endings: ["bad_document", "timeout", "read"] },
  {
    name: "200,000 nested objects in a JSON Feed",
    ...feed(`{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[${times(DEEP, '{"a":')}1${times(DEEP, "}")}]}`),
    endings: ["bad_document", "not_a_feed", "timeout", "read"],
  },
];

const SIZES: HostileDocument[] = [
  { name: "a title of 9 MB", ...feed(item(`<title>${times(9_000_000, "x")}</title>`)), endings: ["read", "timeout"] },
  {
    name: "a description of 9 MB of <",
    ...feed(item(`<title>t</title><description><![CDATA[${times(9_000_000, "<")}]]></description>`)),
    endings: ["read", "timeout"],
  },
  {
    name: "a description of 4 MB of comments that do not end",
    ...feed(item(`<description><![CDATA[${times(1_000_000, "<!--")}]]></description>`)),
    endings: ["read", "timeout"],
  },
  {
    name: "a description of 2 MB of &",
    ...feed(item(`<title>t</title><description><![CDATA[${times(300_000, "&aacute")}]]></description>`)),
    endings: ["read", "timeout"],
  },
  { name: "100,000 items", ...feed(rss(times(100_000, "<item/>"))), endings: ["read", "timeout", "bad_document"] },
  { name: "100,000 records", ...json(`[${times(100_000, "{},")}{}]`), endings: ["read", "timeout", "bad_document"] },
  { name: "20,000 paragraphs", ...html(times(20_000, "<p>")), endings: ["read", "timeout", "bad_document"] },
  { name: "100,000 names in a record", ...json(`[{${numberedNames(100_000)}}]`), endings: ["read", "timeout", "too_large"] },
  { name: "a number of a million digits", ...json(`[{"id":${times(1_000_000, "9")}}]`), endings: ["read"] },
  { name: "a date of a million digits", ...json(`[{"id":1,"date":"${times(1_000_000, "9")}"}]`), endings: ["read"] },
  { name: "an address of 5 MB", ...json(`[{"id":1,"url":"https://x.example/${times(5_000_000, "x")}"}]`), endings: ["read"] },
  { name: "bytes that are no text", ...html(Buffer.alloc(1_000_000, 0xff).toString("latin1")), endings: ["no_items", "timeout"] },
];

function numberedNames(count: number): string {
  return Array.from({ length: count }, (_, index) => `"a${index}":1`).join(",");
}

const POISON = '{"isPoisoned":true}';
const POISONED = `"__proto__":${POISON},"constructor":{"prototype":${POISON}},"prototype":${POISON},"toString":1,"hasOwnProperty":1`;

const PROTOTYPES: HostileDocument[] = [
  { name: "prototype keys in records", ...json(`[{"id":"1","title":"t",${POISONED}}]`), endings: ["read"] },
  { name: "prototype keys around records", ...json(`{${POISONED},"items":[{"id":1}]}`), endings: ["read", "no_items"] },
  { name: "prototype keys deep in records", ...json(`[{"id":1,"a":[{"b":{${POISONED}}}]}]`), endings: ["read"] },
  {
    name: "a JSON Feed of prototype keys",
    ...feed(`{"version":"https://jsonfeed.org/version/1.1","title":"t",${POISONED},"items":[{"id":"1",${POISONED}}]}`),
    endings: ["read", "not_a_feed", "bad_document"],
  },
  {
    name: "elements named like prototype keys",
    ...feed(item(`<title>t</title><__proto__><isPoisoned>1</isPoisoned></__proto__><constructor>x</constructor><toString/><hasOwnProperty/>`)),
    endings: ["read"],
  },
  {
    name: "attributes named like prototype keys",
    ...feed(item(`<title __proto__="x" constructor="y">t</title><enclosure __proto__="x" url="https://x.example/a"/>`)),
    endings: ["read"],
  },
  {
    name: "namespaces named like prototype keys",
    ...feed(rss("<__proto__:item xmlns:__proto__='x'><constructor:title>t</constructor:title></__proto__:item>")),
    endings: ["read", "not_a_feed"],
  },
  { name: "a page of elements named like prototype keys", ...html("<__proto__>x</__proto__><p __proto__=x constructor=y>t</p>"), endings: ["read"] },
  {
    name: "an expression that reaches for a prototype",
    ...json('[{"id":1}]', { itemsExpression: "$.{ '__proto__': { 'isPoisoned': true }, 'id': 1 }" }),
    endings: ["read", "bad_expression", "no_items"],
  },
  {
    name: "an expression that reaches for the program",
    ...json("[{}]", { itemsExpression: "$map.constructor('return process')()" }),
    endings: ["bad_expression", "no_items"],
  },
];

const EXPRESSIONS: HostileDocument[] = [
  {
    name: "an expression that calls itself for ever",
    ...json("[{}]", { itemsExpression: "($f := function($x) { $f($x + 1) }; $f(1))" }),
    endings: ["timeout"],
  },
  {
    name: "an expression with a treacherous pattern",
    ...json(JSON.stringify({ text: `${times(60, "a")}!` }), { itemsExpression: "$match(text, /^(a+)+$/)" }),
    endings: ["timeout"],
  },
  {
    name: "an expression that makes ten million numbers of ten million",
    ...json("[{}]", { itemsExpression: "[1..9999999].($ * [1..9999999])" }),
    endings: ["timeout", "bad_expression", "bad_document"],
  },
  {
    name: "an expression that doubles a text 40 times",
    ...json("[{}]", { itemsExpression: "($f := function($t, $n) { $n = 0 ? $t : $f($t & $t, $n - 1) }; [{ 'id': $f('x', 40) }])" }),
    endings: ["timeout", "bad_expression", "bad_document"],
  },
  { name: "an expression of 450 brackets", ...json("[{}]", { itemsExpression: `${times(450, "(")}1${times(450, ")")}` }), endings: ["read", "bad_expression"] },
  {
    name: "an expression that throws a text of the page",
    ...json(JSON.stringify([{ id: `\u0000${times(1_000_000, "x")}` }]), { itemsExpression: "$error(id)" }),
    endings: ["bad_expression"],
  },
];

const stated = (markup: string) => html(markup, { itemsFrom: "structured_data" });
const script = (json: string) => stated(`<script type="application/ld+json">${json}</script>`);
const STRUCTURED_DATA: HostileDocument[] = [
  {
    name: "200,000 nested things in JSON-LD",
    ...script(`${times(DEEP, '{"@type":"X","a":')}1${times(DEEP, "}")}`),
    endings: ["read", "timeout", "bad_document"],
  },
  { name: "prototype keys in JSON-LD", ...script(`{"@type":"X","name":"t",${POISONED}}`), endings: ["read"] },
  { name: "2 MB of comments that do not end in JSON-LD", ...script(times(1_000_000, "/*")), endings: ["no_items", "timeout"] },
  { name: "2 MB of quotation marks in JSON-LD", ...script(times(1_000_000, '"\\')), endings: ["no_items", "timeout"] },
  {
    name: "microdata whose things refer to each other",
    ...stated(`<p itemscope itemref="a b c">x</p>${["a", "b", "c"].map((id) => `<b id=${id} itemprop=x itemscope itemref="a b c"></b>`).join("")}`),
    endings: ["timeout", "bad_document"],
  },
  {
    name: "1,000 nested properties of microdata around 1 MB of text",
    ...stated(`<div itemscope>${times(1000, "<div itemprop=name>")}${times(1_000_000, "x")}`),
    endings: ["read", "timeout"],
  },
  {
    name: "microdata named like prototype keys",
    ...stated("<div itemscope><b itemprop='__proto__ constructor name'>x</b></div>"),
    endings: ["read", "no_items"],
  },
];

const siblings = times(3000, "<a></a>");
const SELECTORS: HostileDocument[] = [
  { name: "a selector of siblings of siblings", ...html(`${siblings}<p>x</p>`, { itemSelector: "a ~ a ~ a ~ a ~ a ~ b" }), endings: ["no_items", "timeout"] },
  {
    name: "a selector that asks what has what has",
    ...html(`${times(150, "<div>")}${siblings}`, { itemSelector: "div:has(div:has(div:has(div:has(b))))" }),
    endings: ["timeout", "no_items"],
  },
  {
    name: "a selector of 60 nots",
    ...html("<p>x</p>", { itemSelector: `${times(60, ":not(")}b${times(60, ")")}` }),
    endings: ["read", "no_items", "bad_expression"],
  },
  { name: "a selector of 240 descendants", ...html(times(200, "<div>"), { itemSelector: `${times(240, "* ")}b` }), endings: ["no_items", "timeout"] },
  { name: "a selector that cannot be read", ...html("<p>x</p>", { itemSelector: "p[[" }), endings: ["bad_expression"] },
];

const MESSAGES: HostileDocument[] = [
  { name: "JSON whose names are long and full of NUL", ...json(JSON.stringify({ [`\u0000${times(1_000_000, "x")}`]: 1 })), endings: ["no_items"] },
  {
    name: "JSON with 100,000 lists to choose from",
    ...json(JSON.stringify(Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`list ${index}`, []])))),
    endings: ["no_items"],
  },
  {
    name: "a page that names a feed with an address of a megabyte",
    ...feed(`<html><link rel=alternate type="application/rss+xml" href="/${times(1_000_000, "x")}">`),
    endings: ["not_a_feed"],
  },
];

/** All of them. */
export const hostileDocuments: HostileDocument[] = [
  ...DTDS,
  ...TOWERS,
  ...SIZES,
  ...PROTOTYPES,
  ...EXPRESSIONS,
  ...SELECTORS,
  ...STRUCTURED_DATA,
  ...MESSAGES,
  ...hostileLists,
];

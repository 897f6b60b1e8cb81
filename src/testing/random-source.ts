import { SOURCE_KINDS, type SourceDefinition, type SourceKind, sourceDefinitionSchema } from "@/domain/source";
import { LIMIT_RANGES } from "@/domain/source-limits";
import type { Random } from "./random";

/** A source as it is stored, as far as a person states it. */
export type StatedSource = SourceDefinition & { enabled: boolean; headers: string[] };

/** What a text is put together from: all that markup, lists and JSON make something else of. */
const PIECES = [
  "Milk",
  "ミルク",
  "🥛",
  "é",
  " ",
  "  ",
  "\t",
  "\n",
  "\r\n",
  "\u00A0",
  "\u2028",
  "&",
  "&amp;",
  "&#10;",
  "<",
  ">",
  "<!--",
  "-->",
  "]]>",
  "<outline ",
  "'",
];
const MORE_PIECES = ['"', "\\", "/>", "=", ";", ",", "#", "%20", "xmlUrl=", "{}", "\u202E", "\u0085", "\uFEFF"];
/** Few, so that sources share them. */
const HOSTS = ["https://a.example", "http://b.example:8080", "HTTPS://C.example"];
const HEADERS = ["Authorization", "X-Key", "X'Odd`Name&!#$%*+.^_|~"];

/** That many sources of every kind, whose names and addresses repeat; every one could be stored. */
export function randomSources(count: number, random: Random): StatedSource[] {
  return Array.from({ length: count }, (): StatedSource => {
    const kind = pick(SOURCE_KINDS, random);
    const config = { ...commonConfig(random), ...OWN_CONFIGS[kind](random) };
    const definition = sourceDefinitionSchema.parse({ kind, name: `N${text(random)}`.slice(0, 120), url: address(random), config });
    return { ...definition, enabled: random(4) > 0, headers: random(4) === 0 ? HEADERS.slice(random(HEADERS.length)) : [] };
  });
}

function address(random: Random): string {
  const path = random(2) === 0 ? `/${random(5)}` : `/${text(random)}`;
  return `${pick(HOSTS, random)}${path}${random(4) === 0 ? "#there" : ""}`;
}

function commonConfig(random: Random): object {
  const limits = Object.entries(LIMIT_RANGES).map(([name, [least]]) => [name, least + random(2)]);
  const all = { ignoreRobots: random(2) === 0, completeList: random(2) === 0, everyRun: random(2) === 0, limits: Object.fromEntries(some(limits, random)) };
  return Object.fromEntries(some(Object.entries(all), random));
}

const OWN_CONFIGS: Record<SourceKind, (random: Random) => object> = {
  feed: (random) => pick([{}, { keyFrom: "link" }, { keyFrom: "title" }], random),
  json_api: (random) => ({
    itemsExpression: text(random),
    dateExpression: text(random),
    fields: fields(random, () => `f${text(random)}`),
    pagination: pick(
      [{ type: "none" }, { type: "link_header", maxPages: 3 }, { type: "cursor", cursorExpression: "c", parameter: "p" }, { type: "page_number" }],
      random,
    ),
  }),
  html_page: (random) =>
    pick(
      [
        { itemSelector: `a${text(random)}`, fields: fields(random, () => ({ selector: text(random), attribute: pick(["", "href"], random) })) },
        { itemsFrom: "structured_data", itemTypes: some(["Product", "NewsArticle"], random) },
      ],
      random,
    ),
  sitemap: (random) => ({ addressContains: text(random), maxSitemaps: 1 + random(100) }),
  csv: (random) => ({
    delimiter: pick(["auto", "tab", "pipe"], random),
    keyColumns: some(["id", "Größe in m²"], random),
    fields: fields(random, () => `c${text(random)}`.slice(0, 100)),
  }),
};

/** Their order is kept, whatever their names. */
function fields(random: Random, value: () => unknown): object {
  return Object.fromEntries(some(["zebra", "_id", "Alpha", "length"], random).map((name) => [name, value()]));
}

function text(random: Random): string {
  return Array.from({ length: random(8) }, () => pick([...PIECES, ...MORE_PIECES], random)).join("");
}

function some<T>(values: readonly T[], random: Random): T[] {
  return values.filter(() => random(2) === 0);
}

function pick<T>(values: readonly T[], random: Random): T {
  return values[random(values.length)] as T;
}

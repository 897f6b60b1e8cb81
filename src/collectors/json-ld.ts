import type { CheerioAPI } from "cheerio";
import { parseExactJson } from "@/domain/exact-json";
import { isThing, listOf, MAX_DEPTH, type Thing, typeNames } from "./structured-thing";

/** Strings come first in both patterns, so that nothing in them is taken for what stands around them. */
const COMMENTS = /("(?:[^"\\]|\\[\s\S])*")|<!--|-->|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
const EXTRA_ENDS = /("(?:[^"\\]|\\[\s\S])*")|,(?=\s*[}\]])|;\s*$/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON, RFC 8259, section 7, forbids exactly these in strings, and pages hold them.
const CONTROL_CHARACTERS = /[\u0000-\u001F]+/g;

/** The things that a page states in JSON-LD, those of a graph one by one. What is no JSON is passed over, as browsers do. */
export function readJsonLd($: CheerioAPI): Thing[] {
  const scripts = $("script[type*='ld+json' i]").toArray();
  const things = scripts.flatMap((script) => thingsOf(parseLenient($(script).text())));
  const namesById = new Map(things.flatMap(({ id, name }) => (typeof id === "string" && typeof name === "string" ? [[id, name] as const] : [])));
  return namesById.size === 0 ? things : things.map((thing) => nameReferences(thing, namesById));
}

/** A graph says who wrote an article by no more than an id; the name stands beside it, where the person does. */
function nameReferences(thing: Thing, namesById: Map<string, string>): Thing {
  return Object.fromEntries(Object.entries(thing).map(([property, value]) => [property, Array.isArray(value) ? value.map(named) : named(value)]));

  function named(value: unknown): unknown {
    if (!isThing(value)) return value;
    const name = Object.keys(value).length === 1 && typeof value.id === "string" ? namesById.get(value.id) : undefined;
    return name === undefined ? value : { ...value, name };
  }
}

function thingsOf(document: unknown): Thing[] {
  return listOf(document).flatMap((value) => {
    if (!isThing(value)) return [];
    const graph = value["@graph"];
    return graph === undefined ? [toThing(value, 0)] : listOf(graph).flatMap((node) => (isThing(node) ? [toThing(node, 0)] : []));
  });
}

function parseLenient(text: string): unknown {
  for (const candidate of [() => text, () => withoutExtras(text), () => text.replaceAll("&quot;", '"').replaceAll("&amp;", "&")]) {
    try {
      return parseExactJson(candidate());
    } catch {
      // The next candidate, or none.
    }
  }
  return undefined;
}

function withoutExtras(text: string): string {
  const keepStrings = (_match: string, string?: string) => string?.replace(CONTROL_CHARACTERS, " ") ?? "";
  return text.replace(COMMENTS, keepStrings).replace(EXTRA_ENDS, keepStrings);
}

/** Keywords of JSON-LD become plain names; the context only says what the names mean. */
function toThing(node: Thing, depth: number): Thing {
  const { "@type": type, "@id": id, "@context": _context, ...properties } = node;
  const plain = Object.entries(properties).map(([name, value]) => [name.replace(/^@|^schema:/, ""), toValue(value, depth + 1)]);
  const types = typeNames(type);
  return { ...Object.fromEntries(plain), ...(id !== undefined && { id }), ...(types.length > 0 && { type: types }) };
}

function toValue(value: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((element) => toValue(element, depth + 1));
  return isThing(value) ? toThing(value, depth) : value;
}

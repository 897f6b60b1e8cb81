import type { CheerioAPI } from "cheerio";
import { resolveLink } from "./clean-item";
import { shownText } from "./shown-text";
import { MAX_DEPTH, type Thing, typeNames } from "./structured-thing";

type Element = ReturnType<typeof scopesOf>[number];

/** HTML, section 5.2.4: where the value of a property stands, by element. An address unless it is one of the last. */
const VALUE_ATTRIBUTES: Record<string, string> = {
  a: "href",
  area: "href",
  link: "href",
  audio: "src",
  embed: "src",
  iframe: "src",
  img: "src",
  source: "src",
  track: "src",
  video: "src",
  object: "data",
  data: "value",
  meter: "value",
  meta: "content",
  time: "datetime",
};
const NO_ADDRESSES = ["value", "content", "datetime"];

/** The things that a page states in microdata: the outermost ones, with those that belong to them in them. */
export function readMicrodata($: CheerioAPI, base: string): Thing[] {
  return scopesOf($).map((element) => toThing(element, 0));

  function toThing(scope: Element, depth: number): Thing {
    const found = new Map<string, unknown[]>();
    for (const element of depth < MAX_DEPTH ? propertiesOf(scope) : []) {
      const value = element.attribs.itemscope === undefined ? readValue(element) : toThing(element, depth + 1);
      for (const name of words(element.attribs.itemprop)) found.set(localName(name), [...(found.get(localName(name)) ?? []), value]);
    }
    const plain = [...found].map(([name, values]) => [name, values.length === 1 ? values[0] : values]);
    const types = typeNames(words(scope.attribs.itemtype));
    const { itemid } = scope.attribs;
    return { ...Object.fromEntries(plain), ...(itemid && { id: resolveLink(itemid, base) ?? itemid }), ...(types.length > 0 && { type: types }) };
  }

  /** Down to the next things, and in what the thing refers to. */
  function propertiesOf(scope: Element): Element[] {
    const properties: Element[] = [];
    const referred = words(scope.attribs.itemref).flatMap((id) => byId(id) ?? []);
    const waiting = [...childrenOf(scope), ...referred].reverse();
    const seen = new Set<Element>([scope]);
    for (let element = waiting.pop(); element; element = waiting.pop()) {
      if (seen.has(element)) continue;
      seen.add(element);
      if (element.attribs.itemprop !== undefined) properties.push(element);
      if (element.attribs.itemscope === undefined) waiting.push(...childrenOf(element).reverse());
    }
    return properties;
  }

  /** Quoted, so that what a page writes cannot become another selector. */
  function byId(id: string): Element | undefined {
    return $.root()
      .find(`[id=${JSON.stringify(id)}]`)
      .get(0);
  }

  function readValue(element: Element): string {
    // Beside what HTML says, schema.org's own examples put what programs should read into `content`, on any element.
    const attribute = element.attribs.content === undefined ? VALUE_ATTRIBUTES[element.name] : "content";
    const stated = attribute === undefined ? undefined : element.attribs[attribute];
    if (attribute === undefined || (element.name === "time" && stated === undefined)) return shownText(element);
    const text = stated?.trim() ?? "";
    return NO_ADDRESSES.includes(attribute) ? text : (resolveLink(text, base) ?? text);
  }
}

function scopesOf($: CheerioAPI) {
  return $.root().find("[itemscope]:not([itemprop])").toArray();
}

function childrenOf(element: Element): Element[] {
  return element.children.filter((child): child is Element => "attribs" in child);
}

function words(text: string | undefined): string[] {
  return (text ?? "").split(/\s+/).filter((word) => word !== "");
}

/** Properties may be written as addresses, too. */
function localName(name: string): string {
  return name.includes("/") ? (typeNames(name)[0] ?? name) : name;
}

import type { CheerioAPI } from "cheerio";
import type { HtmlElement } from "@/domain/html-element";
import { shownText } from "./shown-text";

type Node = Parameters<CheerioAPI["contains"]>[0];

/** The page as elements like those of a browser. */
export function pageElements($: CheerioAPI): HtmlElement {
  const known = new Map<Node, HtmlElement>();
  function elementOf(node: Node): HtmlElement {
    const element = known.get(node) ?? wrap(node);
    known.set(node, element);
    return element;
  }
  // From the node itself, which is then found, too: from its children, of which there may be thousands, it would first compare all with each other.
  const find = (node: Node, selector: string, which = "") => $(node).find(`:scope :is(${selector}):not(:scope)${which}`).toArray();
  // Without the parser's own selections, of which a large page would take a hundred thousand.
  function wrap(node: Node): HtmlElement {
    const attributes: Record<string, string> = "attribs" in node ? node.attribs : {};
    const inside: Node[] = "children" in node ? node.children : [];
    const firsts = new Map<string, HtmlElement | null>();
    return {
      nodeType: node.nodeType,
      localName: "name" in node ? node.name : "",
      classList: (attributes.class ?? "").split(/\s+/).filter(Boolean),
      get textContent() {
        return shownText(node);
      },
      childNodes: inside.map((child) => ({ nodeType: child.nodeType, textContent: "data" in child ? child.data : "" })),
      get children() {
        return inside.filter((child) => "attribs" in child).map(elementOf);
      },
      get parentElement() {
        return node.parent && "attribs" in node.parent ? elementOf(node.parent) : null;
      },
      getAttribute: (name) => (Object.hasOwn(attributes, name) ? (attributes[name] ?? null) : null),
      // Asked for the same again and again, in items that may be as large as the page.
      querySelector(selector) {
        const first = firsts.get(selector);
        if (first !== undefined) return first;
        const [found] = find(node, selector, ":first");
        const element = found ? elementOf(found) : null;
        firsts.set(selector, element);
        return element;
      },
      querySelectorAll: (selector) => find(node, selector).map(elementOf),
    };
  }
  const [html] = $("html").toArray();
  if (html === undefined) throw new Error("A parsed page has an html element.");
  return elementOf(html);
}

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
  function wrap(node: Node): HtmlElement {
    const found = $(node);
    return {
      nodeType: 1,
      localName: "name" in node ? String(node.name) : "",
      classList: (found.attr("class") ?? "").split(/\s+/).filter(Boolean),
      get textContent() {
        return shownText(node);
      },
      get childNodes() {
        return found
          .contents()
          .toArray()
          .map((child) => ({ nodeType: child.nodeType, textContent: "data" in child ? child.data : "" }));
      },
      get children() {
        return found.children().toArray().map(elementOf);
      },
      get parentElement() {
        const [parent] = found.parent().toArray();
        return parent === undefined ? null : elementOf(parent);
      },
      getAttribute: (name) => found.attr(name) ?? null,
      querySelector: (selector) => found.find(selector).toArray().map(elementOf)[0] ?? null,
      querySelectorAll: (selector) => found.find(selector).toArray().map(elementOf),
    };
  }
  const [html] = $("html").toArray();
  if (html === undefined) throw new Error("A parsed page has an html element.");
  return elementOf(html);
}

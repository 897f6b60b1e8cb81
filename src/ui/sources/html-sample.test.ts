import { type CheerioAPI, load } from "cheerio";
import { describe, expect, it } from "vitest";
import { readHtmlFields } from "./html-fields";
import { readHtmlLists } from "./html-lists";
import type { SampleElement } from "./html-sample";

type Node = Parameters<CheerioAPI["contains"]>[0];

/** A browser's elements, made of those of the parser that collects. */
function pageOf(markup: string): SampleElement {
  const $ = load(markup);
  const known = new Map<Node, SampleElement>();
  function elementOf(node: Node): SampleElement {
    const seen = known.get(node);
    if (seen) return seen;
    const found = $(node);
    const element: SampleElement = {
      localName: String(found.prop("tagName") ?? "").toLowerCase(),
      classList: (found.attr("class") ?? "").split(/\s+/).filter(Boolean),
      textContent: found.text(),
      children: found.children().toArray(),
      get parentElement() {
        const parent = found.parent().get(0);
        return parent === undefined ? null : elementOf(parent);
      },
      getAttribute: (name) => found.attr(name) ?? null,
      querySelector: (selector) => found.find(selector).toArray().map(elementOf)[0] ?? null,
      querySelectorAll: (selector) => found.find(selector).toArray().map(elementOf),
    };
    known.set(node, element);
    return element;
  }
  return elementOf($("html").toArray()[0] as Node);
}

const post = (title: string, extra = "") =>
  `<article class="post sm:flex"><h2><a href="/${title}">${title} and what became of it</a></h2><p>First words</p><div class="foot"><span class="price">1.99</span>${extra}</div></article>`;
const PAGE = `<nav><ul><li>Home</li><li>News</li></ul></nav><main>${post("Milk")}${post("Cheese", '<time datetime="2026-11-23">Monday</time><img src="/c.png">')}</main>`;

describe("what is picked from a web page", () => {
  it("offers what the items of a page could be, the likeliest first, by selectors that find as many as it says", () => {
    const page = pageOf(PAGE);
    const lists = readHtmlLists(page);
    expect(
      lists
        .slice(0, 2)
        .map(({ selector }) => selector)
        .sort(),
    ).toEqual(["article", "article.post"]);
    for (const { selector, count } of lists) expect([selector, page.querySelectorAll(selector).length]).toEqual([selector, count]);
    expect(
      lists.map(({ selector }) => selector),
      "menus are no items",
    ).not.toContain("li");
  });

  it("offers what the items hold: texts and what their attributes say, those that only some have too", () => {
    const fields = readHtmlFields(pageOf(PAGE), "article.post");
    expect(fields.map(({ selector, attribute, name, sample }) => [selector, attribute, name, sample])).toEqual([
      ["h2", "", "title", "Milk and what became of it"],
      ["a", "", "a", "Milk and what became of it"],
      ["a", "href", "link", "/Milk"],
      ["p", "", "summary", "First words"],
      ["span", "", "price", "1.99"],
      ["time", "", "time", "Monday"],
      ["time", "datetime", "date", "2026-11-23"],
      ["img", "src", "image", "/c.png"],
    ]);
  });

  it("names an element by more than its tag where that finds another one first", () => {
    const page = pageOf('<li><b>1</b><b class="second">2</b><div class="x"><b>3</b></div></li>');
    expect(readHtmlFields(page, "li").map(({ selector, sample }) => [selector, sample])).toEqual([
      ["b", "1"],
      ["b.second", "2"],
      ["div.x b", "3"],
    ]);
  });

  it("offers no fields while the item selector is none or finds nothing", () => {
    for (const selector of ["", "article[", ".none"]) expect(readHtmlFields(pageOf(PAGE), selector)).toEqual([]);
  });

  it("offers nothing of what is never collected", () => {
    const page = pageOf("<article><script src='/a.js'>let words = 'many of them';</script><style>a { color: red; }</style><b>1</b></article>".repeat(2));
    expect(readHtmlFields(page, "article").map(({ selector }) => selector)).toEqual(["b"]);
  });

  it("looks at a few classes of an element, however many there are", () => {
    const classes = Array.from({ length: 3_000 }, (_, index) => `c${index}`).join(" ");
    const page = pageOf(`<article><div class="${classes}"><b class="${classes}">1</b><b class="${classes}">2</b></div></article>`);
    expect(readHtmlFields(page, "article").map(({ sample }) => sample)).toEqual(["1"]);
  });

  it("takes little time for a large page, also where the page itself is the item", () => {
    const page = pageOf(`<main>${"<div class='a b c'><p>x</p></div>".repeat(2_000)}</main>`);
    expect(readHtmlFields(page, "main").length).toBeGreaterThan(0);
  });
});

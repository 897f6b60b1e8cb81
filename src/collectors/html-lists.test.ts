import { load } from "cheerio";
import { describe, expect, it } from "vitest";
import { readHtmlFields } from "@/domain/html-fields";
import { guessHtmlFields } from "@/domain/html-guess";
import { readHtmlLists } from "@/domain/html-lists";
import { pageElements } from "./page-elements";
import { readDate } from "./read-date";

const pageOf = (markup: string) => pageElements(load(markup));

const post = (title: string, extra = "") =>
  `<article class="post sm:flex"><h2><a href="/${title}">${title} and what became of it</a></h2><p>First words</p><div class="foot"><span class="price">1.99</span>${extra}</div></article>`;
const PAGE = `<nav><ul><li>Home</li><li>News</li></ul></nav><main>${post("Milk")}${post("Cheese", '<time datetime="2026-11-23">Monday</time><img src="/c.png">')}</main>`;

describe("what is picked from a web page", () => {
  it("offers what the items of a page could be, the likeliest first, by selectors that find as many as it says", () => {
    const page = pageOf(PAGE);
    const lists = readHtmlLists(page);
    expect(lists[0]?.selector).toBe("article.post");
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

  it("looks within an item, which is no part of itself", () => {
    const page = pageOf(repeat(5, (row) => `<div class="item" data-id="${row}"><a href="/${row}">A title of ${row}</a><div>2${row} November 2026</div></div>`));
    expect(readHtmlFields(page, ".item").map(({ selector, sample }) => [selector, sample])).toEqual([
      ["a", "A title of 0"],
      ["a", "/0"],
      ["div", "20 November 2026"],
    ]);
    const [list] = readHtmlLists(page);
    expect(list && guessHtmlFields(list, { isDate: (text) => readDate(text) !== undefined })).toMatchObject({ dateSelector: "div" });
  });

  it("gives no field a name that is refused", () => {
    const page = pageOf('<li><b class="constructor">1</b><i class="__proto__">2</i></li>');
    expect(readHtmlFields(page, "li").map(({ name }) => name)).toEqual(["constructor_", "__proto___"]);
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

const words = (count: number) => "a few words more ".repeat(count);
const bestOf = (markup: string) => readHtmlLists(pageOf(markup))[0];
const repeat = (count: number, one: (index: number) => string) => Array.from({ length: count }, (_, index) => one(index)).join("");

describe("the list of a web page", () => {
  const rows = repeat(5, (index) => `<li><a href="/${index}">Story number ${index} of today</a></li>`);

  it.each([
    ["not the menu", `<nav><ul>${rows}${rows}</ul></nav><ul class="stories">${rows.replaceAll('href="/', 'href="/story/')}</ul>`, "ul.stories > li", 5],
    [
      "not the comments",
      `<div class="comments">${repeat(9, (index) => `<div class="comment">${words(3)}<a href="/user/${index}">User</a></div>`)}</div><ol id="top">${rows}</ol>`,
      "li",
      5,
    ],
    [
      "not what the items are made of",
      repeat(4, (index) => `<div class="card"><div>${words(2)}</div><div><h3><a href="/${index}">Thing ${index}</a></h3></div></div>`),
      "div.card",
      4,
    ],
    [
      "not the boxes that hold several",
      repeat(
        3,
        (row) =>
          `<div class="row">${repeat(3, (index) => `<div class="product"><h3><a href="/${row}${index}">Product ${row}${index}</a></h3>${words(1)}</div>`)}</div>`,
      ),
      "div.product",
      9,
    ],
    [
      "not the header of a table",
      `<table><tr><th>Name<th>Price</tr><tr></tr>${repeat(4, (index) => `<tr><td><a href="/${index}">Cheese of kind ${index}</a><td>1.99</tr>`)}</table>`,
      "tr:has(td)",
      4,
    ],
    ["not what stands in menus as well", `<nav>${rows}</nav><main><ul>${rows.replaceAll('href="/', 'href="/story/')}</ul></main>`, "main li", 5],
  ])("is %s", (_what, markup, selector, count) => {
    const best = bestOf(markup);
    expect([best?.selector, best?.count]).toEqual([selector, count]);
    expect(pageOf(markup).querySelectorAll(selector)).toHaveLength(count);
  });

  it("is taken apart in a moment, however large and deep the page is", () => {
    const deep = `${"<div class='a b c d e'>".repeat(3_000)}x`;
    const wide = repeat(5_000, (index) => `<p class="c${index}"><a href="/${index}">${index}</a></p>`);
    for (const markup of [deep, wide]) expect(readHtmlLists(pageOf(markup)).length).toBeLessThanOrEqual(6);
  });
});

describe("what is proposed to keep of a list", () => {
  function guess(item: (index: number) => string) {
    const list = bestOf(`<main>${repeat(4, (index) => `<article>${item(index)}</article>`)}</main>`);
    if (!list) throw new Error("There is no list.");
    return guessHtmlFields(list, { isDate: (text) => readDate(text) !== undefined });
  }
  const nothing = { itemSelector: "article", titleSelector: "", linkSelector: "", dateSelector: "", fields: {} };

  it("is nothing where the collector finds it all by itself", () => {
    expect(guess((index) => `<h2><a href="/${index}">A title of ${index}</a></h2><time>2026-11-2${index}</time>`)).toEqual(nothing);
  });

  it("is the link that names the item, where others stand before it", () => {
    const item = (index: number) =>
      `<a class="vote" href="/vote/${index}">up</a><a class="by" href="/by/${index}">Ada</a> <a class="story" href="/${index}">A title of ${index}</a>`;
    expect(guess(item)).toEqual({ ...nothing, titleSelector: "a.story", linkSelector: "a.story" });
  });

  it("is not a link that all items have alike", () => {
    const item = (index: number) => `<a class="name" href="/${index}">Milk ${index}</a><a class="more" href="/${index}/more">Continue reading this article</a>`;
    expect(guess(item)).toEqual(nothing);
  });

  it("is, where the links that name the items lead to the same few places, one that leads to a place of its own", () => {
    const item = (index: number) =>
      `<h4><a href="/people/${index % 2}">A person called ${index % 2 ? "Ada" : "Grace"}</a></h4><a class="permalink" href="#post-${index}">#${index}</a>`;
    expect(guess(item)).toEqual({ ...nothing, linkSelector: "a.permalink" });
  });

  it("is, where the links say the same in all items, the first text that does not", () => {
    const item = (index: number) => `<span>v1.${index}.0</span> <a href="/${index}">Release notes</a> <a href="/${index}.zip">Download it</a>`;
    expect(guess(item)).toEqual({ ...nothing, titleSelector: "span" });
  });

  it("is, in a card without a heading that is a link as a whole, the first text that the others do not have", () => {
    const item = (index: number) => `<a href="/${index}"><b>New</b><span>A title of ${index}</span><i>Berlin</i></a>`;
    expect(guess(item)).toEqual({ ...nothing, titleSelector: "span" });
  });

  it("is no date, whichever text comes first in a card", () => {
    const item = (index: number) => `<a href="/${index}"><i>2${index} November 2026</i><b>A title of ${index}</b><span>Berlin</span></a>`;
    expect(guess(item)).toEqual({ ...nothing, titleSelector: "b", dateSelector: "i" });
  });

  it("stands in a column of a table, where cells have no names", () => {
    const rows = repeat(5, (row) => `<tr><td>${row}</td><td><a href="/${row}">A title of ${row}</a></td><td>Berlin</td><td>2${row}.11.2026</td></tr>`);
    const [list] = readHtmlLists(pageOf(`<table>${rows}</table>`));
    expect(list && guessHtmlFields(list, { isDate: (text) => readDate(text) !== undefined })).toMatchObject({ dateSelector: "td:nth-child(4)" });
    const cells = readHtmlFields(pageOf(`<table>${rows}</table>`), "tr").filter(({ name }) => name === "td");
    expect(cells.map(({ selector, sample }) => [selector, sample])).toEqual([
      ["td", "0"],
      ["td:nth-child(3)", "Berlin"],
      ["td:nth-child(4)", "20.11.2026"],
    ]);
  });

  it("is the heading of a card that is a link as a whole", () => {
    expect(guess((index) => `<a href="/${index}"><span>Politics</span><h3>A title of ${index}</h3>Words</a>`)).toEqual(nothing);
  });

  it("is no date where there are digits only, and not a time without one", () => {
    const item = (index: number) =>
      `<h2><a href="/${index}">A title of ${index}</a></h2><time>now</time><meta content="400638133393${index}"><i>2${index}.11.2026</i>`;
    expect(guess(item)).toEqual({ ...nothing, dateSelector: "i" });
  });

  it("names no element whose tag or class no selector can name", () => {
    const item = (index: number) =>
      `<o:p><a href="/by">Ada</a></o:p><x"[y class="constructor __proto__ a:b"><a href="/${index}">A title of ${index}</a></x"[y>`;
    expect(() => guess(item)).not.toThrow();
    const list = (id: string) => `<div id="${id}">${repeat(5, (index) => `<o:p><a href="/${index}">Story number ${index}</a></o:p>`)}</div>`;
    for (const id of ["a".repeat(1_000), "a"]) expect(bestOf(list(id))).toBeUndefined();
    expect(bestOf(`<svg>${list("a").replaceAll("o:p", "foreignObject")}</svg>`)).toBeUndefined();
  });

  it("takes a moment to be found, however much each of the items holds", () => {
    const rows = repeat(2_000, (row) => `<div class="a${row} b${row} c d"><span class="e${row} f">The same ${row}</span></div>`);
    expect(guess((index) => `<a href="/${index}">Read more</a>${rows}`)).toEqual(nothing);
  });

  it("is a text that reads as a date", () => {
    const item = (index: number) =>
      `<h2><a href="/${index}">A title of ${index}</a></h2><span class="by">Ada</span><span class="on">2${index} November 2026</span>`;
    expect(guess(item)).toEqual({ ...nothing, dateSelector: "span.on" });
  });

  it("is a summary, a price and a picture: not what it cost before, nor the picture that all have", () => {
    const item = (index: number) =>
      `<img src="/icon.svg" alt=""><h2><a href="/${index}">A title of ${index}</a></h2><p>${words(4)}</p><del class="price">9,99 €</del><span class="price-now">${index},99 €</span>`;
    const fields = { price: { selector: "span", attribute: "" }, summary: { selector: "p", attribute: "" } };
    expect(guess(item)).toEqual({ ...nothing, fields });
    expect(guess((index) => item(index).replace("/icon.svg", `/${index}.jpg`))).toEqual({
      ...nothing,
      fields: { ...fields, image: { selector: "img[src]", attribute: "src" } },
    });
  });

  it.each(["$ 1,299.00", "1.299,00 €", "ab 12,- kr", "USD 5", "£3", "12 zł"])("takes %s for a price", (price) => {
    expect(guess((index) => `<h2><a href="/${index}">A longer title of ${index}</a></h2><b>${price}</b>`).fields).toHaveProperty("price");
  });

  it.each(["Room 12", "12 people", "v1.2", "$", "Euro 2026 begins", "Save $5", "Was $9.99", "Climb: 1,200 ft"])("does not take %s for a price", (text) => {
    expect(guess((index) => `<h2><a href="/${index}">A longer title of ${index}</a></h2><b>${text}</b>`).fields).toEqual({});
  });
});

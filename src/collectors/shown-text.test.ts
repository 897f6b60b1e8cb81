import { load } from "cheerio";
import { describe, expect, it } from "vitest";
import { htmlPageConfigSchema } from "@/domain/source";
import { parseHtmlPage } from "./html-items";
import { shownText } from "./shown-text";

function textOf(html: string): string {
  const [element] = load(`<main>${html}</main>`)("main").toArray();
  return element ? shownText(element).replace(/\s+/g, " ") : "";
}

describe("the text of an element", () => {
  it.each([
    ["One<br>Two<p>Three</p>Four", "One Two Three Four"],
    ["<table><tr><td>Milk</td><td>1,99 €</td></tr></table>", "Milk 1,99 €"],
    ["a<b>b</b>c<span>d</span>", "abcd"],
    ["One<script>x()</script><style>y</style><noscript><img src=z></noscript>", "One"],
    ["<my-price>1</my-price><my-price>2</my-price>", "1 2"],
    ["", ""],
  ])("of %s is %j", (html, text) => expect(textOf(html)).toBe(text));

  it("is what items and their fields hold", () => {
    const config = htmlPageConfigSchema.parse({ itemSelector: "li", fields: { all: { selector: "p" } } });
    const page = "<li><h2>One<br>Two</h2><p>A<br>B<script>x()</script></p></li>";
    expect(parseHtmlPage(Buffer.from(page), { url: "https://example.com/" }, config).items).toMatchObject([{ title: "One Two", fields: { all: "A B" } }]);
  });
});

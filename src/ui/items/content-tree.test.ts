import { describe, expect, test } from "vitest";
import { hostileTexts } from "@/testing/hostile-texts";
import { type ContentElement, type ContentNode, readContent, textOf } from "./content-tree";

/** As a short notation: "p(Milk b(is) dear)". */
const written = (content: readonly ContentNode[]): string =>
  content.map((node) => (typeof node === "string" ? node : `${node.name}${attributesOf(node.attributes)}(${written(node.children)})`)).join("");
const attributesOf = (attributes: object) =>
  Object.entries(attributes)
    .map(([name, value]) => `[${name}=${value}]`)
    .join("");

const elementsIn = (content: readonly ContentNode[]): ContentElement[] =>
  content.flatMap((node) => (typeof node === "string" ? [] : [node, ...elementsIn(node.children)]));

test.each([
  ["<P CLASS=x>Milk <b>is</b> dear</p>", "p(Milk b(is) dear)"],
  ["<p>one<p>two<br>three", "p(one)p(twobr()three)"],
  ["<ul><li>a<li>b</ul>", "ul(li(a)li(b))"],
  ["<li>a</li><td>b</td>", "div(a)div(b)"],
  ["<table><tr><th colspan=2 style=x>a</th></tr></table>", "table(tr(th[colspan=2](a)))"],
  ["<section><font color=red>a</font> <span>b</span></section>", "div(a b)"],
  ['<a href="/x" onclick=y target=z>a</a>', "a[href=/x](a)"],
  ["1 &lt; 2 &amp; 3&nbsp;&#8211;&#x1F95B;", "1 < 2 & 3\u00a0–🥛"],
  ["a<script>b</script><style>c</style><svg><text>d</text></svg><iframe>e</iframe>f", "af"],
  ["a<!-- b -->c<?php d ?><![CDATA[e]]>", "ac"],
  ["<constructor __proto__=x>a</constructor>b", "ab"],
])("%s is read as %s", (html, content) => expect(written(readContent(html))).toBe(content));

describe("of what is hostile", () => {
  test.each(hostileTexts("https://elsewhere.example.net"))("%s: nothing is left but text, and elements that are listed", (html) => {
    const content = readContent(html);
    expect(textOf(content)).toMatch(/^before/);
    for (const { name, attributes } of elementsIn(content)) {
      expect(["a", "b", "blockquote", "br", "div", "p", "img", "table", "tr", "td"]).toContain(name);
      expect(["href", "src", "alt"]).toEqual(expect.arrayContaining(Object.keys(attributes)));
    }
  });

  test("deep elements end at a depth that can be shown", () => {
    const depthOf = (content: readonly ContentNode[]): number =>
      Math.max(0, ...content.map((node) => (typeof node === "string" ? 0 : 1 + depthOf(node.children))));
    const content = readContent(`${"<blockquote>".repeat(8_000)}deep`);
    expect(depthOf(content)).toBe(60);
    expect(textOf(content)).toBe("deep");
  });

  test.each([
    ["closings of what is not open", `${"<b>".repeat(16_000)}${"</i>".repeat(12_000)}`],
    ["unfinished tags", "<p ".repeat(33_000)],
    ["unfinished comments", "<!--".repeat(25_000)],
    ["many entities", "&amp;".repeat(20_000)],
  ])("%s take no longer than a reader would wait", (_, html) => {
    const start = performance.now();
    readContent(html);
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});

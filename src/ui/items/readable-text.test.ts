import { expect, it, test } from "vitest";
import { isFormatted, readableText } from "./readable-text";

test.each([
  ["<p>Milk is <b>cheap</b>.</p><p>Oats &amp; rye</p>", "Milk is cheap.\n\nOats & rye"],
  ["one<br>two<br/>three", "one\ntwo\nthree"],
  ["<ul><li>milk</li><li class=x>tea</li></ul>", "• milk\n• tea"],
  ['<img src="https://example.org/x.png" onerror="alert(1)">caption', "caption"],
  ["<p>before</p><script>alert(1)</script><style>p{}</style>after<script>alert(", "before\nafter"],
  ["<p>1 &lt; 2 &#8211; &#x1F95B; &nbsp;&unknown; &#0; &#1114112;</p>", "1 < 2 – 🥛  &unknown; &#0; &#1114112;"],
  ["a <p>b\n\n  c</p>", "a\nb c"],
])("%s is read as a text", (html, text) => expect(readableText(html)).toBe(text));

test.each([
  ["<p>text</p>", true],
  ["line<br/>line", true],
  ['<a href="x">link</a>', true],
  ["1 < 2 and 3 > 2", false],
  ["<script>alert(1)</script>", false],
  ["<svg onload=alert(1)>", false],
  ["<painting>", false],
  ["plain", false],
])("%s: formatted %s", (text, formatted) => expect(isFormatted(text)).toBe(formatted));

it("takes no longer than the text is long", () => {
  const hostile = `${"<p ".repeat(3_000)}${"<!--".repeat(3_000)}${"<script".repeat(1_000)}`;
  const start = performance.now();
  readableText(hostile);
  expect(performance.now() - start).toBeLessThan(1_000);
});

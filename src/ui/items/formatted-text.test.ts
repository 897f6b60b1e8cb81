import { expect, it, test } from "vitest";
import { isFormatted } from "./formatted-text";

test.each([
  ["<p>text</p>", true],
  ["line<br/>line", true],
  ['<a href="x">link</a>', true],
  ['<img src="x" onerror="alert(1)">', true],
  ["1 < 2 and 3 > 2", false],
  ["<script>alert(1)</script>", false],
  ["<svg onload=alert(1)>", false],
  ["<painting>", false],
  ["plain", false],
])("%s: formatted %s", (text, formatted) => expect(isFormatted(text)).toBe(formatted));

it("takes no longer than the text is long", () => {
  const hostile = `${"<p ".repeat(3_000)}${"<!--".repeat(3_000)}${"<script".repeat(1_000)}`;
  const start = performance.now();
  isFormatted(hostile);
  expect(performance.now() - start).toBeLessThan(1_000);
});

import { describe, expect, it } from "vitest";
import { isBlock, valueText, webAddress } from "./item-value";

describe("valueText", () => {
  it("leaves text as it is, markup included", () => expect(valueText("<b>hi</b>")).toBe("<b>hi</b>"));
  it.each([
    [3.5, "3.5"],
    [false, "false"],
    [null, "null"],
    [[], "[]"],
  ])("writes %j", (value, text) => expect(valueText(value)).toBe(text));
  it("indents what has structure", () => expect(valueText({ a: [1] })).toBe('{\n  "a": [\n    1\n  ]\n}'));
});

describe("isBlock", () => {
  it.each([
    ["one line", false],
    ["two\nlines", true],
    [7, false],
    [null, false],
    [[1], true],
    [{}, true],
  ])("%j: %s", (value, block) => {
    expect(isBlock(value)).toBe(block);
  });
});

describe("webAddress", () => {
  it.each(["https://example.com/a?b#c", "http://localhost:3000/"])("lets %s pass", (url) => expect(webAddress(url)).toBe(url));
  it.each([null, "", "/relative", "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])(
    "refuses %j",
    (url) => expect(webAddress(url)).toBeNull(),
  );
});

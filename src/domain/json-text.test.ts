import { expect, it } from "vitest";
import { readJson } from "./json-text";

it.each([
  ["a text that never ends", `{NaN "${'\\"'.repeat(200_000)}`],
  ["a text that ends in half an escape", `[NaN, "${'\\"'.repeat(200_000)}\\`],
])("takes no time for what is no JSON but is made to look like it: %s", (_what, text) => {
  const started = performance.now();
  expect(() => readJson(text)).toThrow(SyntaxError);
  expect(performance.now() - started).toBeLessThan(1_000);
});

it("takes no time for long numbers", () => {
  const number = `1${"0".repeat(200_000)}1e5`;
  const started = performance.now();
  expect(readJson(`[NaN, ${number}]`)).toEqual([null, number]);
  expect(performance.now() - started).toBeLessThan(1_000);
});

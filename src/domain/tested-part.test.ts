import { expect, it } from "vitest";
import { sourceDefinitionSchema } from "./source";
import { testLimitMs } from "./source-limits";
import { testedPart } from "./tested-part";

const define = (kind: string, config: object) => sourceDefinitionSchema.parse({ name: "S", url: "https://example.org/", kind, config });
const pages = (maxPages: number) => ({ pagination: { type: "page_number", maxPages } });
const limits = { pauseSeconds: 30 };

it("a test takes the first two pages of a source that pauses between them, for which there is time", () => {
  expect(testedPart(define("json_api", { ...pages(10), limits }))).toEqual(define("json_api", { ...pages(2), limits }));
  expect(testedPart(define("json_api", { ...pages(1), limits }))).toEqual(define("json_api", { ...pages(1), limits }));
  expect(testedPart(define("sitemap", { limits }))).toEqual(define("sitemap", { maxSitemaps: 1, limits }));
  expect([testLimitMs(limits), testLimitMs({ ...limits, seconds: 45 }), testLimitMs({ seconds: 5 })]).toEqual([50_000, 75_000, 20_000]);
});

it("a test takes the whole of every other source", () => {
  const others = [define("json_api", pages(10)), define("json_api", { limits }), define("sitemap", {}), define("feed", { limits })];
  for (const source of others) expect(testedPart(source)).toBe(source);
});

import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const TITLE = /\b(?:it|test)(?:\.\w+)*\(\s*["'`]vector (\d+): ./g;

/** The numbers in the titles of all tests, one for each title. */
function vectorsTested(folder: string): number[] {
  const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".test.ts"));
  return files.flatMap((file) => [...fs.readFileSync(path.join(folder, file), "utf8").matchAll(TITLE)].map((match) => Number(match[1])));
}

it("each of the 21 acceptance vectors of the clock has a test that carries its number", () => {
  const tested = new Set(vectorsTested("src"));
  const missing = Array.from({ length: 21 }, (_, index) => index + 1).filter((number) => !tested.has(number));
  expect(missing).toEqual([]);
});

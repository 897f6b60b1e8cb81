import { expect, test } from "vitest";
import { freshForMs } from "./fresh-for";

const NOON = "Fri, 27 Nov 2026 12:00:00 GMT";

test.each<[Record<string, string>, number | undefined]>([
  [{}, undefined],
  [{ "cache-control": "max-age=3600" }, 3_600_000],
  [{ "cache-control": "public, max-age=300, stale-while-revalidate=60" }, 300_000],
  [{ "cache-control": 'private,MAX-AGE="60"' }, 60_000],
  [{ "cache-control": "s-maxage=3600" }, undefined],
  [{ "cache-control": "max-age=0, must-revalidate" }, undefined],
  [{ "cache-control": "no-cache, max-age=3600" }, undefined],
  [{ "cache-control": "no-store" }, undefined],
  [{ "cache-control": "max-age=soon" }, undefined],
  [{ "cache-control": "max-age=3600", age: "600" }, 3_000_000],
  [{ "cache-control": "max-age=600", age: "3600" }, undefined],
  [{ expires: "Fri, 27 Nov 2026 14:00:00 GMT", date: NOON }, 7_200_000],
  [{ expires: "Fri, 27 Nov 2026 14:00:00 GMT", date: NOON, "cache-control": "max-age=60" }, 60_000],
  [{ expires: "Thu, 01 Jan 1970 00:00:00 GMT", date: NOON }, undefined],
  [{ expires: "-1", date: NOON }, undefined],
  [{ expires: "0", date: NOON }, undefined],
  [{ expires: "Fri, 27 Nov 2026 14:00:00 GMT" }, undefined],
])("an answer with %j stays good for %s ms", (headers, ms) => {
  expect(freshForMs((name) => headers[name])).toBe(ms);
});

import { beforeAll, describe, expect, it } from "vitest";
import { jsonApiConfigSchema } from "@/domain/source";
import { CORPUS_NOTE, openCorpus } from "@/testing/corpus/corpus-files";
import { CATEGORIES, differencesOf } from "@/testing/corpus/judge-corpus";
import type { JudgedCase } from "@/testing/corpus/judged-case";
import { KNOWN_DIFFERENCES } from "@/testing/corpus/known-differences";
import { contentHash } from "./content-hash";
import { parseJsonPage } from "./json-items";

const corpus = openCorpus();

/** Fewer would mean that the index is read wrongly. */
const LEAST_CASES: Record<string, number> = { feeds: 500, "json-api": 20, "html/listing": 20, "html/structured": 10, robots: 80, dates: 30, urls: 20 };

describe.skipIf(!corpus)(`the corpus of real documents${corpus ? "" : CORPUS_NOTE}`, () => {
  const judged = new Map<string, JudgedCase[]>();
  beforeAll(async () => {
    if (corpus) for (const [category, judge] of Object.entries(CATEGORIES)) judged.set(category, await judge(corpus));
  }, 120_000);

  it.each(Object.keys(CATEGORIES))("is read as others expect, but for known differences: %s", (category) => {
    const cases = judged.get(category) ?? [];
    expect(cases.length).toBeGreaterThanOrEqual(LEAST_CASES[category] ?? 1);
    expect(differencesOf(cases).filter(({ name }) => KNOWN_DIFFERENCES[name] === undefined)).toEqual([]);
  });

  it("has every difference that is known", () => {
    const differences = [...judged.values()].flatMap(differencesOf).map(({ name }) => name);
    expect(Object.keys(KNOWN_DIFFERENCES).filter((name) => !differences.includes(name))).toEqual([]);
  });

  it("tells new, gone and unchanged earthquakes apart between two polls", async () => {
    const poll = async (file: string) => {
      const body = corpus?.bytes(file) ?? new Uint8Array();
      return (await parseJsonPage(body, { url: "https://corpus.example/" }, jsonApiConfigSchema.parse({}))).items;
    };
    const known = new Map((await poll("json-api/usgs/all_week.poll1.geojson")).map((item) => [item.key, contentHash(item)]));
    const after = await poll("json-api/usgs/all_week.poll2.geojson");
    const again = after.filter((item) => known.has(item.key));
    const changed = again.filter((item) => known.get(item.key) !== contentHash(item));
    expect([after.length - again.length, again.length, changed.length]).toEqual([120, 400, 0]);
  });
});

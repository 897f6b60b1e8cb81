import { expect, it } from "vitest";
import { planImport } from "@/domain/import-plan";
import { sourceImportSchema } from "@/domain/source-import";
import { writeOpml } from "@/domain/write-opml";
import { createRandom, RANDOM_SEED } from "@/testing/random";
import { randomSources, type StatedSource } from "@/testing/random-source";
import { definitionOf, readSourceLines } from "@/ui/setup/source-lines";
import { planText } from "./import-plan";

const ROUNDS = 60;
const random = createRandom(RANDOM_SEED);
const rounds = Array.from({ length: ROUNDS }, () => randomSources(1 + random(20), random));

/** As it is stored elsewhere: without the headers, which it cannot do without. */
function asImported({ headers, enabled, ...definition }: StatedSource) {
  return { ...definition, enabled: enabled && headers.length === 0 };
}

/** What the server is sent, as it reads it. */
const sent = (opml: string) => sourceImportSchema.parse({ entries: planText(opml, []).entries }).entries;

it(`any set of sources that is exported comes whole into an empty organization, once (MILKRUN_TEST_SEED=${RANDOM_SEED})`, () => {
  for (const sources of rounds) {
    const opml = writeOpml("Sources", sources, new Date("2026-11-27T05:00:00Z"));
    const { add, outcomes } = planImport(sent(opml), []);
    expect(add, opml).toEqual(sources.map(asImported));
    // The order of fields is that of the columns of an export.
    expect(JSON.stringify(add.map(({ config }) => config))).toBe(JSON.stringify(sources.map(({ config }) => config)));
    for (const [place, { headers }] of sources.entries()) for (const header of headers) expect(outcomes[place]?.reason, opml).toContain(header);

    const stored = sources.map((source, place) => ({ ...source, id: String(place) }));
    expect(planImport(sent(opml), stored).add, opml).toEqual([]);
  }
});

it(`set-up takes what the import takes (MILKRUN_TEST_SEED=${RANDOM_SEED})`, () => {
  for (const sources of rounds) {
    const opml = writeOpml("Sources", sources, new Date("2026-11-27T05:00:00Z"));
    const lines = readSourceLines(opml);
    expect(
      lines.map(({ entry, outcome }) => entry && { ...definitionOf(entry), enabled: !outcome.off }),
      opml,
    ).toEqual(sources.map(asImported));
  }
});

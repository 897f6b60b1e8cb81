import { expect, it } from "vitest";
import { exportTitle, exportWords } from "./export-words";

it("says how much was exported, and who can read it", () => {
  const feeds = { feeds: 3, others: 0, needHeaders: [] };
  expect(exportTitle(feeds)).toBe("Exported 3 feeds");
  expect(exportWords(feeds)).toBe("Feed readers and other Milkruns can import the file.");
  expect(exportTitle({ ...feeds, feeds: 1, others: 1 })).toBe("Exported 1 feed and 1 source of another kind");
  expect(exportWords({ ...feeds, others: 2 })).toBe("Other Milkruns can import all of the file, and feed readers the feeds in it.");
});

it("names the sources whose headers have to be entered again", () => {
  const wordsOf = (...needHeaders: string[]) => exportWords({ feeds: 3, others: 0, needHeaders });
  expect(wordsOf("A")).toMatch(/are not in it: “A” comes in turned off until you enter them again\.$/);
  expect(wordsOf("A", "B")).toMatch(/“A” and “B” come in turned off until you enter them again\.$/);
});

import { describe, expect, it } from "vitest";
import { sourceImportSchema } from "@/domain/source-import";
import { countOutcomes, planText, withUnread } from "./import-plan";
import { importLabel, importSummary } from "./import-words";

const OPML = `<opml version="2.0"><body>
<outline text="Folder"><outline text="A" xmlUrl="https://a.example/"/></outline>
<outline type="rss" text="Lost"/>
<outline text="Again" xmlUrl="https://a.example/"/>
<outline text="Stored" xmlUrl="https://s.example/"/>
</body></opml>`;
const STORED = [{ id: "1", name: "S", url: "https://s.example/" }];

describe("planText", () => {
  it("tells of each line what becomes of it, also of those that are not sent to the server", () => {
    const { entries, outcomes } = planText(OPML, STORED);
    expect(entries.map(({ line }) => line)).toEqual([2, 4, 5]);
    expect(outcomes.map(({ line, outcome }) => [line, outcome])).toEqual([
      [2, "added"],
      [3, "failed"],
      [4, "known"],
      [5, "known"],
    ]);
    expect(countOutcomes(outcomes)).toEqual({ added: 1, known: 2, failed: 1 });
  });

  it("asks the server for nothing that would have it refuse the others", () => {
    const [kind, config] = ["k".repeat(2_000), JSON.stringify({ itemsExpression: "x".repeat(200_000) }).replaceAll('"', "&#34;")];
    const outline = (own: string) => `<outline text="O" milkrun:url="https://o.example/" ${own}/>`;
    const hostile = `<opml>${outline(`milkrun:kind="${kind}"`)}\n${outline(`milkrun:kind="json_api" milkrun:config="${config}"`)}\n${outline("")}</opml>`;
    const { entries, outcomes } = planText(hostile, []);
    expect(sourceImportSchema.safeParse({ entries }).success).toBe(true);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["failed", "failed", "added"]);
  });

  it("puts what the server said and what was not sent in the order of the lines", () => {
    const outcome = { url: "", name: "", outcome: "failed", reason: null, off: false } as const;
    expect(withUnread([{ ...outcome, line: 3 }], [{ ...outcome, line: 2 }]).map(({ line }) => line)).toEqual([2, 3]);
  });
});

describe("the words for an import", () => {
  const { outcomes } = planText(OPML, STORED);
  it("sum it up before and after", () => {
    expect(importSummary(outcomes, false)).toBe("1 new, 2 already there, 1 failed.");
    expect(importSummary(outcomes.slice(0, 1), true)).toBe("1 added.");
    const off = outcomes.slice(0, 1).map((outcome) => ({ ...outcome, off: true }));
    expect(importSummary([...off, ...outcomes], true)).toBe("2 added (1 turned off), 2 already there, 1 failed.");
  });
  it("name what the button does, which is nothing where nothing is new", () => {
    expect(importLabel(outcomes, false)).toBe("Import 1 source");
    expect(importLabel(outcomes.slice(1), true)).toBe("Add 2 sources to the preset");
    expect(importLabel(outcomes.slice(1), false)).toBeNull();
  });
});

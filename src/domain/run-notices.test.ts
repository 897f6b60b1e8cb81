import { expect, test } from "vitest";
import { newItemsNotice, type RunFacts, runFailedNotice, runPartialNotice, runRecoveredNotice, sourcesFailingNotice } from "./run-notices";

const run: RunFacts = {
  ...{ id: "r1", number: 12, status: "partial", presetName: "Everything", message: null, sourceCount: 3, newCount: 1, failedSources: [] },
};
const failing = (name: string, failuresInRow: number) => ({ id: name, name, message: "503 Service unavailable.", failuresInRow });

test.each([
  ["all that failed", { sourceCount: 3, failedSources: ["a", "b", "c"] }, "All 3 sources failed, so nothing was collected.\n- a: 503 Service unavailable."],
  ["the only one", { sourceCount: 1, failedSources: ["a"] }, "Its only source failed, so nothing was collected.\n- a: 503 Service unavailable."],
  ["what stopped it before any", { message: "Stopped." }, "Stopped."],
])(
  "a run that failed says of its sources and what that means: %s",
  (_what, { failedSources = [], ...facts }: Partial<Omit<RunFacts, "failedSources">> & { failedSources?: string[] }, text) => {
    const failed = { ...run, ...facts, status: "failed" as const, failedSources: failedSources.map((name) => failing(name, 1)) };
    expect(runFailedNotice(failed).text.startsWith(`Preset “Everything”. ${text}`)).toBe(true);
  },
);

test.each([
  [0, "nothing new"],
  [1, "1 new item"],
  [31, "31 new items"],
])("a run that failed in part says what the others brought: %i", (newCount, words) => {
  const { text } = runPartialNotice({ ...run, newCount, failedSources: [failing("a", 1)] });
  expect(text).toBe(`Preset “Everything”. 1 of 3 sources failed. The others brought ${words}.\n- a: 503 Service unavailable.`);
});

test.each([
  ["one that failed once", [failing("a", 1)], "“a” failed", "- a: 503 Service unavailable.", "/sources/a"],
  ["one that keeps failing", [failing("a", 3)], "“a” failed 3 runs in a row", "- a, 3 runs in a row: 503 Service unavailable.", "/sources/a"],
  [
    "several of which one failed once",
    [failing("a", 1), failing("b", 2)],
    "2 sources failed",
    "- a: 503 Service unavailable.\n- b, 2 runs in a row: 503 Service unavailable.",
    "/sources?show=failing",
  ],
  ["several that keep failing", [failing("a", 2), failing("b", 2)], "2 sources fail run after run", expect.any(String), "/sources?show=failing"],
])("of sources, %s", (_what, sources, title, text, path) => {
  expect(sourcesFailingNotice(run, sources)).toMatchObject({ title, text, path });
});

test.each([
  ["run_failed", "Runs work again"],
  ["run_partial", "Runs are complete again"],
  ["zero_items", "Runs bring something new again"],
] as const)("what is over after a rule about %s is named by what it was, with since when", (event, title) => {
  const notice = runRecoveredNotice(run, { event, since: new Date("2026-11-24T06:00:00Z") }, "Europe/Berlin");
  expect(notice).toMatchObject({ type: "run.recovered", title, text: expect.stringMatching(/The trouble began on Tue 24 Nov 2026, 07:00 Berlin\.$/) });
});

test("new items of a view lead to what the run brought of the view", () => {
  const view = { id: "v1", name: "Cheese", filter: { text: "old cheese", state: "new" as const } };
  expect(newItemsNotice(run, view, { count: 1, items: [] }).path).toBe("/items?q=old+cheese&run=r1&state=new");
});

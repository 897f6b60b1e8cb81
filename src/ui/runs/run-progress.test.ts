import { describe, expect, it } from "vitest";
import type { RunSource } from "@/domain/run";
import type { RunSourceStatus, RunStatus } from "@/domain/run-status";
import { itemsSoFar, progressWords, runAnnouncement, runProgress, sortRunSources } from "./run-progress";

const source = (name: string, status: RunSourceStatus): RunSource => ({
  id: name,
  sourceId: name,
  name,
  kind: "feed",
  url: "https://example.com/",
  status,
  attempts: 1,
  retryAt: null,
  retryWaitsMs: [],
  waitingAt: null,
  startedAt: null,
  finishedAt: null,
  httpStatus: null,
  wireBytes: null,
  newCount: 0,
  changedCount: 0,
  unchangedCount: 0,
  goneCount: 0,
  comeBackAt: null,
  errorCode: null,
  message: null,
});

const run = (status: RunStatus, ...statuses: RunSourceStatus[]) => ({
  number: 7,
  status,
  sources: statuses.map((each, index) => source(`Source ${index + 1}`, each)),
});

describe("runProgress", () => {
  it("counts failed, unmodified and cancelled sources as finished", () => {
    expect(runProgress(run("running", "failed", "not_modified", "cancelled", "fetching", "queued"))).toEqual({ finished: 3, total: 5, percent: 60 });
  });

  it("is 0 percent without sources", () => expect(runProgress(run("queued"))).toEqual({ finished: 0, total: 0, percent: 0 }));

  it("does not round up to 100 percent", () => {
    const almost = run("running", ...Array.from<RunSourceStatus>({ length: 299 }).fill("succeeded"), "fetching");
    expect(runProgress(almost).percent).toBe(99);
  });
});

describe("itemsSoFar", () => {
  it("adds up the sources", () => {
    const sources = [1, 2].map((count) => ({
      ...source("A", "succeeded"),
      newCount: count,
      changedCount: 10 * count,
      unchangedCount: 100 * count,
      goneCount: count,
    }));
    expect(itemsSoFar({ sources })).toEqual({ newCount: 3, changedCount: 30, unchangedCount: 300, goneCount: 3 });
  });
});

describe("progressWords", () => {
  it("says one source", () => expect(progressWords({ finished: 0, total: 1, percent: 0 })).toBe("0 of 1 source"));
  it("says several sources", () => expect(progressWords({ finished: 9, total: 14, percent: 64 })).toBe("9 of 14 sources"));
});

describe("sortRunSources", () => {
  it("puts failing sources first and keeps the preset's order otherwise", () => {
    const names = sortRunSources(run("running", "succeeded", "queued", "failed", "fetching", "not_modified", "failed").sources).map((each) => each.name);
    expect(names).toEqual(["Source 3", "Source 6", "Source 4", "Source 2", "Source 1", "Source 5"]);
  });
});

describe("runAnnouncement", () => {
  it("announces the start", () => {
    expect(runAnnouncement(run("queued", "queued"), run("running", "queued"), "Running")).toBe("Run 7 started.");
  });

  it("announces a quarter once", () => {
    const [none, one] = [run("running", "queued", "queued", "queued", "queued"), run("running", "succeeded", "fetching", "queued", "queued")];
    expect(runAnnouncement(none, one, "Running")).toBe("25 percent: 1 of 4 sources.");
    expect(runAnnouncement(one, one, "Running")).toBeNull();
  });

  it("announces the first failure only", () => {
    const [none, one, two] = [run("running", "queued", "queued"), run("running", "failed", "queued"), run("running", "failed", "failed")];
    expect(runAnnouncement(none, one, "Running")).toBe("Source 1 failed. The other sources go on.");
    expect(runAnnouncement(one, two, "Running")).toBeNull();
  });

  it("announces the end with its outcome, whatever else happened", () => {
    expect(runAnnouncement(run("running", "succeeded", "queued"), run("partial", "succeeded", "failed"), "Partial")).toBe(
      "Run 7 ended: Partial. 2 of 2 sources.",
    );
  });
});

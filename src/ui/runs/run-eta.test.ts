import { describe, expect, it } from "vitest";
import { etaWords } from "./run-eta";

const at = (time: string) => new Date(`2026-11-24T${time}Z`);
const running = { status: "running", startedAt: at("07:00:00"), finishedAt: null, usualMs: 150_000 } as const;

describe("etaWords", () => {
  it("counts down what is left of the usual time", () => expect(etaWords(running, at("07:00:30"))).toBe("About 2 min left"));
  it("says so when a run takes longer than usual", () => expect(etaWords(running, at("07:02:30"))).toBe("Longer than the usual 2 min 30 s"));
  it("promises nothing where too few runs are known", () => expect(etaWords({ ...running, usualMs: null }, at("07:00:30"))).toBeNull());
  it("promises nothing while the run waits for a worker", () => expect(etaWords({ ...running, status: "queued", startedAt: null }, at("07:00:30"))).toBeNull());
  it("is silent after the end", () => expect(etaWords({ ...running, status: "partial", finishedAt: at("07:00:09") }, at("07:00:30"))).toBeNull());
});

import { describe, expect, it } from "vitest";
import { planTaking } from "./take-runs";

describe("the next run", () => {
  it("is taken at once while nobody waits for a place, though all are taken", () => {
    expect(planTaking({ size: 16, taken: 0, waiting: 0 })).toBe("at_once");
    expect(planTaking({ size: 16, taken: 16, waiting: 0 })).toBe("at_once");
  });

  it("is left to other processes for a moment while somebody waits for a place", () => {
    expect(planTaking({ size: 16, taken: 16, waiting: 1 })).toBe("after_others");
    expect(planTaking({ size: 16, taken: 16, waiting: 63 })).toBe("after_others");
  });

  it("stays in the queue while four wait for each place", () => {
    expect(planTaking({ size: 16, taken: 16, waiting: 64 })).toBe("later");
    expect(planTaking({ size: 4, taken: 4, waiting: 16 })).toBe("later");
  });
});

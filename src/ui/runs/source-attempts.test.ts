import { describe, expect, it } from "vitest";
import { attemptWords, isWaiting, isWaitingForTurn, retryWords } from "./source-attempts";

const retryAt = new Date("2026-11-24T07:00:48Z");
const waiting = { status: "queued", attempts: 1, retryAt } as const;
const at = (time: string) => new Date(`2026-11-24T${time}Z`);

describe("a source whose failed attempt is to be made again", () => {
  it("waits", () => expect(isWaiting(waiting)).toBe(true));
  it("waits no more once it has an outcome", () => expect(isWaiting({ ...waiting, status: "failed" })).toBe(false));

  it("says when and which attempt comes", () => expect(retryWords(waiting, at("07:00:00"))).toBe("Trying again in 48 s (2nd of 3 attempts)."));
  it("says minutes", () => expect(retryWords({ ...waiting, attempts: 2 }, at("06:59:00"))).toBe("Trying again in 1 min 48 s (3rd of 3 attempts)."));
  it("counts down to the last second, rounded up", () => expect(retryWords(waiting, at("07:00:47.900"))).toContain("in 1 s"));
  it("says now from then on", () => expect(retryWords(waiting, at("07:00:48"))).toBe("Trying again now (2nd of 3 attempts)."));
  it("does not claim a 4th of 3 attempts", () => expect(retryWords({ ...waiting, attempts: 3 }, at("07:00:00"))).toBe("Trying again in 48 s (4th attempt)."));
  it("says nothing where none waits", () => expect(retryWords({ ...waiting, retryAt: null }, at("07:00:00"))).toBeNull());
});

describe("attemptWords", () => {
  const source = { attempts: 2, retryAt: null, retryWaitsMs: [] };
  it("says nothing of a first attempt", () => expect(attemptWords({ ...source, status: "succeeded", attempts: 1 })).toBeNull());
  it("says which attempt is going", () => expect(attemptWords({ ...source, status: "fetching" })).toBe("2nd of 3 attempts"));
  it("leaves the wait to the words beside it", () => expect(attemptWords({ ...source, ...waiting, attempts: 2 })).toBeNull());
  it.each(["succeeded", "not_modified", "failed", "cancelled"] as const)(
    "says how often it was tried, and the waits between, when it ended as %s",
    (status) => {
      expect(attemptWords({ ...source, status, attempts: 3, retryWaitsMs: [2_000, 61_000] })).toBe("3 attempts, waited 2 s and 1 min 1 s");
    },
  );
  it("leaves out waits that nobody noted", () => expect(attemptWords({ ...source, status: "failed" })).toBe("2 attempts"));
});

describe("isWaitingForTurn", () => {
  it.each([
    ["queued", retryAt, true],
    ["queued", null, false],
    ["fetching", retryAt, false],
    ["cancelled", retryAt, false],
  ] as const)("%s, waiting since %s: %s", (status, waitingAt, expected) => expect(isWaitingForTurn({ status, waitingAt })).toBe(expected));
});

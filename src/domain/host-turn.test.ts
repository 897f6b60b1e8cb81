import { describe, expect, it } from "vitest";
import { type HostTurns, planTurn } from "./host-turn";

const NOW = new Date("2026-11-26T12:00:00Z");
const at = (ms: number) => new Date(NOW.getTime() + ms);
const turnsOf = (known: Partial<HostTurns>): HostTurns => ({ holder: null, heldUntil: null, openAt: at(-60_000), closedUntil: null, waiting: [], ...known });
const plan = (known: Partial<HostTurns>, token = "me", spacingMs = 1_000) => planTurn(turnsOf(known), { token, spacingMs }, NOW);

describe("a request to a host", () => {
  it("goes at once where nobody else asks", () => expect(plan({})).toEqual({ kind: "enter", waiting: [] }));

  it("goes at the very moment at which the pause is over", () => expect(plan({ openAt: NOW })).toMatchObject({ kind: "enter" }));

  it("waits exactly for what is left of the pause", () => expect(plan({ openAt: at(400) })).toEqual({ kind: "wait", waiting: ["me"], waitMs: 400 }));

  it("waits while another one is going, and looks again no sooner than that one's pause takes", () =>
    expect(plan({ holder: "other", heldUntil: at(25_000) })).toEqual({ kind: "wait", waiting: ["me"], waitMs: 1_000 }));

  it("looks again a few times a second at most where there is no pause", () =>
    expect(plan({ holder: "other", heldUntil: at(25_000) }, "me", 0)).toMatchObject({ waitMs: 250 }));

  it("goes where the one before it was never heard of again", () =>
    expect(plan({ holder: "dead", heldUntil: at(-1), openAt: at(-30_000) })).toMatchObject({ kind: "enter" }));

  it("may go when it asks again, as the answer may have been lost", () =>
    expect(plan({ holder: "me", heldUntil: at(25_000), waiting: ["other"] })).toEqual({ kind: "enter", waiting: ["other"] }));

  it("is told how long the site wants to be left alone, and does not queue for that", () =>
    expect(plan({ closedUntil: at(90_000), waiting: ["other"] })).toEqual({ kind: "closed", waitMs: 90_000 }));

  it("goes once that time is over", () => expect(plan({ closedUntil: NOW })).toMatchObject({ kind: "enter" }));
});

describe("requests that wait for a host", () => {
  it("queue in the order in which they asked, and ask again keeping their place", () => {
    expect(plan({ openAt: at(400), waiting: ["a", "b"] })).toEqual({ kind: "wait", waiting: ["a", "b", "me"], waitMs: 2_400 });
    expect(plan({ openAt: at(400), waiting: ["a", "me", "b"] })).toEqual({ kind: "wait", waiting: ["a", "me", "b"], waitMs: 1_400 });
  });

  it("go in that order", () => {
    expect(plan({ openAt: NOW, waiting: ["me", "b"] })).toEqual({ kind: "enter", waiting: ["b"] });
    expect(plan({ openAt: NOW, waiting: ["a", "me"] })).toEqual({ kind: "wait", waiting: ["a", "me"], waitMs: 1_000 });
  });

  it("look again every few seconds at the latest, however many are before them", () => {
    const waiting = Array.from({ length: 100 }, (_, index) => `other-${index}`);
    expect(plan({ holder: "other", heldUntil: at(25_000), waiting })).toMatchObject({ waitMs: 5_000 });
  });

  it("pass over one that does not come when it is its turn, which loses its place", () => {
    expect(plan({ openAt: at(-1_999), waiting: ["gone", "me"] })).toMatchObject({ kind: "wait" });
    expect(plan({ openAt: at(-2_000), waiting: ["gone", "b", "me"] })).toEqual({ kind: "enter", waiting: ["b"] });
  });

  it("give the next one its time from when a dead one's time was over", () =>
    expect(plan({ holder: "dead", heldUntil: at(-500), openAt: at(-30_000), waiting: ["a", "me"] })).toMatchObject({ kind: "wait" }));
});

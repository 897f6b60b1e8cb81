import { describe, expect, it } from "vitest";
import type { Changes } from "./audit";
import { changeWords } from "./change-words";

const words = (changes: Changes) => changeWords(changes, "Europe/Berlin").map(({ field, from, to }) => `${field}: ${from} → ${to}`);

describe("a change in words", () => {
  it.each<[string, Changes, string]>([
    ["a text", { cronExpression: { from: "0 9 * * *", to: "0 10 * * *" } }, "Cron expression: 0 9 * * * → 0 10 * * *"],
    ["a name", { preset: { from: null, to: "Morning" } }, "Preset: none → Morning"],
    ["a switch", { enabled: { from: true, to: false } }, "State: on → off"],
    ["an instant", { pausedUntil: { from: null, to: "2026-11-10T06:00:00.000Z" } }, "Paused until: none → Tue 10 Nov 2026, 07:00 Berlin"],
    ["a length of time", { runLimitMs: { from: 900_000, to: null } }, "Run limit: 15 minutes → the server's own"],
    ["a spread", { spreadMs: { from: 0, to: 300_000 } }, "Spread: No spread → Up to 5 minutes later"],
    [
      "a rule",
      { missedPolicy: { from: "skip", to: "run_once" } },
      "Missed runs: Skip it and wait for the next time → Run once when it is back, if that is within an hour",
    ],
    ["a rule of a newer Milkrun", { missedPolicy: { from: "skip", to: "twice" } }, "Missed runs: Skip it and wait for the next time → twice"],
    ["quiet hours", { quietHours: { from: null, to: { fromMinute: 1320, untilMinute: 420 } } }, "Quiet hours: none → 22:00 to 07:00"],
    ["a time of day", { digestMinute: { from: 480, to: 570 } }, "Daily message at: 08:00 → 09:30"],
    ["a word of several", { digest: { from: "at_once", to: "daily" } }, "Sends: at once → daily"],
    ["a list", { sources: { from: [], to: ["Dairy news", "Gazette"] } }, "Sources: none → Dairy news, Gazette"],
    ["a field without words of its own", { lastThing: { from: 1, to: 2 } }, "Last thing: 1 → 2"],
    ["a text that only looks like an instant", { name: { from: "2026-11-10", to: "B" } }, "Name: 2026-11-10 → B"],
    ["what is no instant", { expiresAt: { from: "soon", to: null } }, "Expires: soon → none"],
  ])("%s", (_, changes, expected) => {
    expect(words(changes)).toEqual([expected]);
  });

  it("of settings within settings shows those that differ", () => {
    const from = { itemsPath: "data", fields: [{ name: "title" }], pagination: { kind: "pages", limit: 2 } };
    const to = { itemsPath: "items", fields: [{ name: "title" }], pagination: { kind: "pages", limit: 5 } };
    expect(words({ config: { from, to } })).toEqual(["Settings, items path: data → items", "Settings, pagination, limit: 2 → 5"]);
    expect(words({ config: { from: {}, to: { fields: [{ name: "title" }] } } })).toEqual(['Settings, fields: none → {"name":"title"}']);
  });

  it("takes a name that people gave for nothing but a name", () => {
    const config = { from: { fields: { toString: "h1" } }, to: { fields: { valueOf: "h2" } } };
    expect(words({ config })).toEqual(["Settings, fields, to string: h1 → none", "Settings, fields, value of: none → h2"]);
  });
});

import { describe, expect, it } from "vitest";
import type { Channel } from "@/domain/notification-channel";
import { channelLook, targetWords, timingWords, waitingWords } from "./channel-words";

const NIGHT = { fromMinute: 22 * 60, untilMinute: 7 * 60 };
const TIMING = { digest: "at_once", digestMinute: 8 * 60, quietHours: null, timeZone: "Europe/Berlin" } as const;

describe("when a channel is written to", () => {
  it.each([
    ["At once", {}],
    ["At once, except 22:00 to 07:00 Berlin", { quietHours: NIGHT }],
    ["Once an hour", { digest: "hourly" }],
    ["Once an hour, except 22:00 to 07:00 Berlin", { digest: "hourly", quietHours: NIGHT }],
    ["Once a day at 08:00 Berlin", { digest: "daily" }],
    ["Once a day at 08:00 Berlin", { digest: "daily", quietHours: NIGHT }],
    ["Once a day when the quiet hours end, 07:00 Berlin", { digest: "daily", digestMinute: 6 * 60, quietHours: NIGHT }],
    ["Once a day at 07:00 Berlin", { digest: "daily", digestMinute: 7 * 60, quietHours: NIGHT }],
  ] as const)("reads “%s”", (words, change) => {
    expect(timingWords({ ...TIMING, ...change }, "24h")).toBe(words);
  });

  it("goes by the reader's clock", () => {
    expect(timingWords({ ...TIMING, quietHours: NIGHT }, "12h")).toBe("At once, except 10:00 pm to 7:00 am Berlin");
  });
});

describe("the look of a channel", () => {
  const WORKING = { kind: "webhook", enabled: true, disabledReason: null, consecutiveFailures: 0, lastDeliveredAt: new Date("2026-11-27T05:00:00Z") } as const;

  it.each<[string, Partial<Channel>]>([
    ["Working", {}],
    ["Not used yet", { lastDeliveredAt: null }],
    ["Failing", { consecutiveFailures: 1 }],
    ["Off", { enabled: false, consecutiveFailures: 4 }],
    ["Turned off by Milkrun", { enabled: false, disabledReason: "It failed for 5 days." }],
    ["No mail server", { kind: "email", consecutiveFailures: 2 }],
  ])("is “%s” with %j", (word, change) => {
    expect(channelLook({ ...WORKING, ...change }, false).word).toBe(word);
  });

  it("of an email channel is its own where mail is sent", () => {
    expect(channelLook({ ...WORKING, kind: "email" }, true).word).toBe("Working");
  });
});

it("two recipients are named, and more are counted", () => {
  expect(targetWords({ recipients: ["a@example.org", "b@example.org"], address: null })).toBe("a@example.org, b@example.org");
  expect(targetWords({ recipients: ["a@example.org", "b@example.org", "c@example.org"], address: null })).toBe("a@example.org, b@example.org and 1 more");
  expect(targetWords({ recipients: [], address: "https://hooks.example.org/…" })).toBe("https://hooks.example.org/…");
});

it("messages on the way are counted, and none are not mentioned", () => {
  expect([0, 1, 3].map(waitingWords)).toEqual([null, "1 message waits", "3 messages wait"]);
});

import { describe, expect, it } from "vitest";
import { waitMessage } from "./session-client";

describe("waitMessage", () => {
  it.each([
    ["1", "Too many tries. Try again in 1 second."],
    ["45", "Too many tries. Try again in 45 seconds."],
    ["60", "Too many tries. Try again in 1 minute."],
    ["200", "Too many tries. Try again in 4 minutes."],
    [null, "Too many tries. Try again in a minute."],
    ["soon", "Too many tries. Try again in a minute."],
    ["-5", "Too many tries. Try again in a minute."],
  ])("says how long %s is", (retryAfter, message) => {
    expect(waitMessage(retryAfter)).toBe(message);
  });
});

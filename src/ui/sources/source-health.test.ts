import { expect, it } from "vitest";
import { isFailing } from "./source-health";

it.each([
  [false, { consecutiveFailures: 0, quarantinedAt: null }],
  [true, { consecutiveFailures: 1, quarantinedAt: null }],
  [true, { consecutiveFailures: 0, quarantinedAt: new Date(0) }],
])("is %s, and the filter goes by it: %j", (failing, source) => expect(isFailing(source)).toBe(failing));

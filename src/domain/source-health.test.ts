import { expect, it } from "vitest";
import { isFailing } from "./source-health";

it.each([
  [false, { enabled: true, consecutiveFailures: 0, quarantinedAt: null }],
  [true, { enabled: true, consecutiveFailures: 1, quarantinedAt: null }],
  [false, { enabled: false, consecutiveFailures: 1, quarantinedAt: null }],
  [true, { enabled: true, consecutiveFailures: 0, quarantinedAt: new Date(0) }],
  [true, { enabled: false, consecutiveFailures: 0, quarantinedAt: new Date(0) }],
])("is %s, and every page goes by it: %j", (failing, source) => expect(isFailing(source)).toBe(failing));

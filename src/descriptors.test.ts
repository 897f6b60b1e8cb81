import fs from "node:fs";
import { expect, test } from "vitest";
import { readDescriptorLimit, readDescriptorUse } from "./descriptors";

test.runIf(process.platform === "linux")("open files are counted against the limit", () => {
  const limit = readDescriptorLimit();
  const before = readDescriptorUse(limit);
  const files = Array.from({ length: 200 }, () => fs.openSync("/dev/null", "r"));
  const during = readDescriptorUse(limit);
  for (const file of files) fs.closeSync(file);
  expect(during?.limit).toBe(limit);
  // Other tests of the same process may open and close something meanwhile.
  expect((during?.used ?? 0) - (before?.used ?? 0)).toBeGreaterThan(150);
});

test("without a limit nothing is counted", () => {
  expect(readDescriptorUse(null)).toBeNull();
});

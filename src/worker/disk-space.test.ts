import os from "node:os";
import { expect, it } from "vitest";
import { readDiskSpace } from "./disk-space";

it("reads a real disk", async () => {
  const { freeBytes, totalBytes } = await readDiskSpace(os.tmpdir());
  expect(freeBytes).toBeGreaterThan(0);
  expect(totalBytes).toBeGreaterThan(freeBytes);
});

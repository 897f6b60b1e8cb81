import { describe, expect, it } from "vitest";
import { describeShortage, isShortOfSpace, leastFreeBytes } from "./disk-space";

const MB = 1_000_000;
const GB = 1_000 * MB;

describe("what has to be free", () => {
  it.each([
    ["1 GB on a disk of 10 TB", 10_000 * GB, 1 * GB],
    ["1 GB on a disk of 20 GB", 20 * GB, 1 * GB],
    ["a twentieth of a disk of 4 GB", 4 * GB, 200 * MB],
  ])("is %s", (_what, totalBytes, least) => {
    expect(leastFreeBytes(totalBytes)).toBe(least);
  });

  it("is a limit with some distance between stopping and going on", () => {
    const totalBytes = 100 * GB;
    expect(isShortOfSpace({ freeBytes: GB, totalBytes }, false)).toBe(false);
    expect(isShortOfSpace({ freeBytes: GB - 1, totalBytes }, false)).toBe(true);
    expect(isShortOfSpace({ freeBytes: 1.25 * GB - 1, totalBytes }, true)).toBe(true);
    expect(isShortOfSpace({ freeBytes: 1.25 * GB, totalBytes }, true)).toBe(false);
  });

  it("is told to people in a sentence", () => {
    expect(describeShortage(100 * GB)).toBe("Less than 1 GB is free where the database is, so nothing is collected until there is more.");
    expect(describeShortage(4 * GB)).toContain("Less than 200 MB (5 %) is free");
  });
});

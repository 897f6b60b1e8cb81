import { expect, it } from "vitest";
import { formatBytes } from "./format-bytes";

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [9949, "9.9 kB"],
  [9950, "10 kB"],
  [999_499, "999 kB"],
  [999_500, "1.0 MB"],
  [31_400_000, "31 MB"],
  [5e15, "5000 TB"],
])("writes %d bytes as %s", (bytes, words) => expect(formatBytes(bytes)).toBe(words));

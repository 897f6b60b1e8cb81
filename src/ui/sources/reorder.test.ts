import { expect, it } from "vitest";
import { moved } from "./reorder";

it.each([
  [0, 1, "bac"],
  [2, 0, "cab"],
  [1, 1, "abc"],
  [0, -1, "abc"],
  [2, 3, "abc"],
  [3, 0, "abc"],
])("moves %d to %d: %s", (from, to, result) => expect(moved(["a", "b", "c"], from, to).join("")).toBe(result));

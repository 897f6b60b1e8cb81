import { expect, it } from "vitest";
import { itemsGoWords } from "./dependents-words";

it("says what goes with sources that are deleted, and what stays", () => {
  expect(itemsGoWords([{ itemCount: 0 }])).toBe("It has no items. Past runs still name it. This cannot be undone.");
  expect(itemsGoWords([{ itemCount: 1 }])).toMatch(/^Its 1 item is deleted, too\./);
  expect(itemsGoWords([{ itemCount: 1_000 }, { itemCount: 1 }])).toBe("Their 1,001 items are deleted, too. Past runs still name them. This cannot be undone.");
});

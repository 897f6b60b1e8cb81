import { expect, it } from "vitest";
import { deleteTitle, itemsGoWords } from "./dependents-words";

it("says what goes with sources that are deleted, and what stays", () => {
  expect(itemsGoWords([{ itemCount: 0 }])).toBe("It has no items. Past runs still name it. This cannot be undone.");
  expect(itemsGoWords([{ itemCount: 1 }])).toMatch(/^Its 1 item is deleted, too\./);
  expect(itemsGoWords([{ itemCount: 1_000 }, { itemCount: 1 }])).toBe("Their 1,001 items are deleted, too. Past runs still name them. This cannot be undone.");
});

it("asks about those that can be deleted, and says why there are none", () => {
  const [free, used] = [{ presets: [] }, { presets: [{ id: "1", name: "P", usedBySchedule: false }] }];
  expect(deleteTitle(3, undefined)).toBe("Delete 3 sources?");
  expect(deleteTitle(3, [free, used])).toBe("Delete 1 source?");
  expect(deleteTitle(2, [used, used])).toBe("These sources are in use");
  expect(deleteTitle(1, [used])).toBe("This source is in use");
  expect(deleteTitle(2, [])).toBe("These sources are gone already");
});

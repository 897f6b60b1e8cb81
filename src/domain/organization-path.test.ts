import { expect, test } from "vitest";
import { organizationPath, pageWithin } from "./organization-path";

test("the path of a page in an organization names both, and gives the page back as it was", () => {
  const path = "/items?q=old+cheese&run=r1";
  expect(organizationPath("o1", path)).toBe("/organizations/o1/items?q=old+cheese&run=r1");
  expect(pageWithin(organizationPath("o1", path), "o1")).toBe(path);
  expect([pageWithin("/items", "o1"), pageWithin("/organizations/o12/items", "o1"), pageWithin("/organizations/o1", "o1")]).toEqual([null, null, null]);
});

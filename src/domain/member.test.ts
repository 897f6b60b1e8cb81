import { expect, test } from "vitest";
import { requireGrantable, requireOwnerLeft } from "./member";
import { ROLES, type Role } from "./roles";

test.each<[Role, Role[]]>([
  ["owner", ["owner", "admin", "editor", "viewer"]],
  ["admin", ["admin", "editor", "viewer"]],
  ["editor", []],
  ["viewer", []],
])("%s may give away and take exactly %j", (actor, expected) => {
  const passes = (role: Role) => {
    try {
      requireGrantable(actor, role);
      return true;
    } catch {
      return false;
    }
  };
  expect(ROLES.filter(passes)).toEqual(expected);
});

test("the refusal of an admin who reaches for an owner says who could", () => {
  expect(() => requireGrantable("admin", "owner")).toThrow(/only an owner can make, change or remove an owner\. Nothing was changed\./);
});

test("somebody with an unknown role can be mended by whoever manages members", () => {
  expect(() => requireGrantable("admin", null)).not.toThrow();
  expect(() => requireGrantable("viewer", null)).toThrow();
});

test.each<[string, Role, Role | null, number, boolean]>([
  ["the last owner cannot become less", "owner", "admin", 1, true],
  ["the last owner cannot go", "owner", null, 1, true],
  ["one of two owners can become less", "owner", "viewer", 2, false],
  ["one of two owners can go", "owner", null, 2, false],
  ["the last owner can stay owner", "owner", "owner", 1, false],
  ["who is no owner can go", "admin", null, 1, false],
])("%s", (_, role, next, ownerCount, isRefused) => {
  const change = () => requireOwnerLeft({ name: "Ada", role }, next, ownerCount);
  if (isRefused) expect(change).toThrow("Ada is the only owner. Nothing was changed. Make someone else owner first.");
  else expect(change).not.toThrow();
});

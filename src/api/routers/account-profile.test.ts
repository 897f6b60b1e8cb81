import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { MemberSession } from "@/api/init";
import { DEFAULT_PREFERENCES } from "@/domain/preferences";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";

let world: ApiWorld;
let orgId: string;
let owner: MemberSession;
let ada: MemberSession;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

beforeEach(async () => {
  ({ orgId, session: owner } = await world.organization());
  ada = await world.join(orgId, "viewer");
});

const caller = (session: MemberSession) => world.caller(session).account;

test("a new name is everybody's to see, and the audit has the old one", async () => {
  expect(await caller(ada).rename({ name: "  Ada King " })).toEqual({ name: "Ada King" });
  expect((await world.caller(ada).member.me()).user.name).toBe("Ada King");
  const [entry] = await world.db.system.auditEntry.findMany({ where: { orgId } });
  expect(entry).toMatchObject({ action: "account.rename", actorName: "Ada King", changes: { name: { from: "Grace Hopper", to: "Ada King" } } });
});

describe("preferences", () => {
  const CHOSEN = { clockStyle: "12h", firstWeekday: 0, singleKeys: false } as const;

  test("are the usual ones until a person chooses, and then theirs alone, in every organization", async () => {
    expect((await world.caller(ada).member.me()).preferences).toEqual(DEFAULT_PREFERENCES);
    await caller(ada).savePreferences(CHOSEN);
    const elsewhere = await world.organization();
    await world.db.system.member.create({ data: { organizationId: elsewhere.orgId, userId: ada.userId, role: "viewer" } });
    for (const organizationId of [orgId, elsewhere.orgId]) {
      expect((await world.caller({ ...ada, organizationId }).member.me()).preferences).toEqual(CHOSEN);
    }
    expect((await world.caller(owner).member.me()).preferences).toEqual(DEFAULT_PREFERENCES);
  });

  test("that there are none of are refused by the procedure, and by the table", async () => {
    await expect(caller(ada).savePreferences({ ...CHOSEN, firstWeekday: 3 as 0 })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await expect(world.db.system.user.update({ where: { id: ada.userId }, data: { firstWeekday: 3 } })).rejects.toThrow("user_first_weekday");
    await expect(world.db.system.user.update({ where: { id: ada.userId }, data: { clockStyle: "metric" } })).rejects.toThrow("user_clock_style");
  });
});

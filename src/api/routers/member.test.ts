import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Role } from "@/domain/roles";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

type Session = Awaited<ReturnType<ApiWorld["join"]>>;

/** An organization with its owner and, besides, one member of each role that is named. */
async function newTeam(...roles: Role[]) {
  const { orgId, session } = await world.organization();
  const others: Session[] = [];
  for (const role of roles) others.push(await world.join(orgId, role));
  const owner = world.caller(session);
  const { members } = await owner.member.list();
  const idOf = ({ userId }: Session) => members.find((member) => member.userId === userId)?.id ?? "";
  const roleOf = async ({ userId }: Session) => (await world.db.system.member.findFirst({ where: { organizationId: orgId, userId } }))?.role ?? null;
  return { orgId, session, owner, others, idOf, roleOf };
}

const lastAudit = (orgId: string) => world.db.system.auditEntry.findFirst({ where: { orgId }, orderBy: { id: "desc" } });

test("everybody sees who is a member, as what, and when they were last here", async () => {
  const { others } = await newTeam("viewer");
  const [viewer] = others as [Session];
  const { members, invitations } = await world.caller(viewer).member.list();
  expect(members.map(({ name, role }) => [name, role])).toEqual([
    ["Ada Lovelace", "owner"],
    ["Grace Hopper", "viewer"],
  ]);
  expect(members.every(({ lastActiveAt }) => lastActiveAt instanceof Date)).toBe(true);
  expect(invitations).toEqual([]);
});

test("changing a role counts from the next request on, and stands in the audit with old and new", async () => {
  const { orgId, owner, others, idOf } = await newTeam("editor");
  const [grace] = others as [Session];
  await world.caller(grace).source.list();
  expect(await owner.member.changeRole({ memberId: idOf(grace), role: "viewer" })).toEqual({ changed: true });
  await expect(world.caller(grace).preset.create({ name: "Mine", sourceIds: [] })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(world.caller(grace).source.list()).resolves.toBeDefined();
  expect(await lastAudit(orgId)).toMatchObject({
    action: "member.changeRole",
    actorName: "Ada Lovelace",
    summary: "Changed Grace Hopper from editor to viewer",
    changes: { role: { from: "editor", to: "viewer" } },
  });
});

test("giving somebody the role that they have changes nothing and leaves no trace", async () => {
  const { orgId, owner, others, idOf } = await newTeam("editor");
  const [grace] = others as [Session];
  expect(await owner.member.changeRole({ memberId: idOf(grace), role: "editor" })).toEqual({ changed: false });
  expect(await lastAudit(orgId)).toBeNull();
});

test("an admin manages everybody but owners, and makes none", async () => {
  const { session, others, idOf, roleOf } = await newTeam("admin", "admin", "viewer");
  const [me, admin, viewer] = others as [Session, Session, Session];
  const caller = world.caller(me);
  const refused = { code: "FORBIDDEN", message: expect.stringContaining("only an owner can make, change or remove an owner") };
  await expect(caller.member.changeRole({ memberId: idOf(session), role: "viewer" })).rejects.toMatchObject(refused);
  await expect(caller.member.changeRole({ memberId: idOf(viewer), role: "owner" })).rejects.toMatchObject(refused);
  await expect(caller.member.remove({ memberId: idOf(session) })).rejects.toMatchObject(refused);
  await expect(caller.member.invite({ email: "new@example.org", role: "owner" })).rejects.toMatchObject(refused);
  await caller.member.changeRole({ memberId: idOf(viewer), role: "admin" });
  await caller.member.remove({ memberId: idOf(admin) });
  expect([await roleOf(session), await roleOf(viewer), await roleOf(admin)]).toEqual(["owner", "admin", null]);
});

test("the last owner can be neither demoted nor removed nor leave", async () => {
  const { session, owner, idOf, roleOf } = await newTeam("admin");
  const refused = { code: "CONFLICT", message: "Ada Lovelace is the only owner. Nothing was changed. Make someone else owner first." };
  await expect(owner.member.changeRole({ memberId: idOf(session), role: "admin" })).rejects.toMatchObject(refused);
  await expect(owner.member.remove({ memberId: idOf(session) })).rejects.toMatchObject(refused);
  await expect(owner.member.leave()).rejects.toMatchObject(refused);
  expect(await roleOf(session)).toBe("owner");
});

test("of two owners who demote each other at the same moment one succeeds, however often they try", async () => {
  for (let round = 0; round < 10; round++) {
    const { session, owner, others, idOf, roleOf } = await newTeam("owner");
    const [second] = others as [Session];
    const outcomes = await Promise.allSettled([
      owner.member.changeRole({ memberId: idOf(second), role: "viewer" }),
      world.caller(second).member.changeRole({ memberId: idOf(session), role: "viewer" }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect([await roleOf(session), await roleOf(second)].sort()).toEqual(["owner", "viewer"]);
  }
});

test("of two owners who leave at the same moment one stays", async () => {
  const { session, owner, others, roleOf } = await newTeam("owner");
  const [second] = others as [Session];
  const outcomes = await Promise.allSettled([owner.member.leave(), world.caller(second).member.leave()]);
  expect(outcomes.filter(({ status }) => status === "rejected")).toMatchObject([{ reason: { code: "CONFLICT" } }]);
  expect([await roleOf(session), await roleOf(second)].filter((role) => role !== null)).toEqual(["owner"]);
});

test("who is removed is refused with the next request, and their session is over", async () => {
  const { orgId, owner, others, idOf } = await newTeam("editor");
  const [grace] = others as [Session];
  await world.caller(grace).run.list({});
  await owner.member.remove({ memberId: idOf(grace) });
  // The context of a request that was under way: its session is read already.
  await expect(world.caller(grace).run.list({})).rejects.toMatchObject({ code: "FORBIDDEN", message: expect.stringContaining("no longer a member") });
  expect(await world.db.system.session.count({ where: { userId: grace.userId } })).toBe(0);
  expect(await lastAudit(orgId)).toMatchObject({ action: "member.remove", summary: expect.stringMatching(/^Removed Grace Hopper \(.*@example\.org\)$/) });
});

test("who is removed but belongs elsewhere goes on there, and other people's sessions stay", async () => {
  const { orgId, owner, others, idOf } = await newTeam("editor", "editor");
  const [grace, other] = others as [Session, Session];
  const elsewhere = await world.organization();
  await world.db.system.member.create({ data: { organizationId: elsewhere.orgId, userId: grace.userId, role: "viewer" } });
  await owner.member.remove({ memberId: idOf(grace) });
  const organizationOf = async ({ id }: Session) => (await world.db.system.session.findUniqueOrThrow({ where: { id } })).activeOrganizationId;
  expect(await organizationOf(grace)).toBe(elsewhere.orgId);
  expect(await organizationOf(other)).toBe(orgId);
});

test("who leaves is out, and so says the audit", async () => {
  const { orgId, others, roleOf } = await newTeam("viewer");
  const [viewer] = others as [Session];
  expect(await world.caller(viewer).member.leave()).toEqual({ left: true });
  expect(await roleOf(viewer)).toBeNull();
  expect(await world.db.system.session.count({ where: { userId: viewer.userId } })).toBe(0);
  expect(await lastAudit(orgId)).toMatchObject({ action: "member.leave", actorName: "Grace Hopper", summary: "Left “Analytical Engines”" });
});

test("somebody who is demoted or gone holds no link back: what they invited beyond their new reach is revoked", async () => {
  const { owner, others, idOf } = await newTeam("owner", "admin");
  const [second, admin] = others as [Session, Session];
  await world.caller(second).member.invite({ email: "owner@example.org", role: "owner" });
  await world.caller(second).member.invite({ email: "editor@example.org", role: "editor" });
  await world.caller(admin).member.invite({ email: "viewer@example.org", role: "viewer" });
  const pending = async () => (await owner.member.list()).invitations.map(({ email }) => email).sort();
  expect(await pending()).toHaveLength(3);
  await owner.member.changeRole({ memberId: idOf(second), role: "admin" });
  expect(await pending()).toEqual(["editor@example.org", "viewer@example.org"]);
  await owner.member.remove({ memberId: idOf(admin) });
  expect(await pending()).toEqual(["editor@example.org"]);
});

test("a member that does not exist is not found", async () => {
  const { owner } = await newTeam();
  await expect(owner.member.remove({ memberId: randomUUID() })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(owner.member.changeRole({ memberId: randomUUID(), role: "viewer" })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("activity is noted once in a while, not with each request", async () => {
  const { orgId, session, owner } = await newTeam();
  const noted = async () => (await world.db.system.member.findFirstOrThrow({ where: { organizationId: orgId, userId: session.userId } })).lastActiveAt;
  const first = await noted();
  await owner.member.me();
  expect(await noted()).toEqual(first);
});

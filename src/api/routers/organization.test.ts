import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCaller } from "@/api/root";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

const organizationOf = async (sessionId: string) => (await world.db.system.session.findUniqueOrThrow({ where: { id: sessionId } })).activeOrganizationId;
const lastAudit = (orgId: string) => world.db.system.auditEntry.findFirst({ where: { orgId }, orderBy: { id: "desc" } });

async function joinAnother(userId: string, role: string) {
  const another = await world.organization();
  await world.db.system.member.create({ data: { organizationId: another.orgId, userId, role } });
  return another;
}

test("a person sees the organizations that are theirs and no others, and can go from one to the other", async () => {
  const { orgId, session } = await world.organization();
  const another = await joinAnother(session.userId, "viewer");
  await world.organization();
  const caller = world.caller(session);
  expect((await caller.organization.list()).map(({ id, role }) => `${id} ${role}`).sort()).toEqual([`${orgId} owner`, `${another.orgId} viewer`].sort());
  await caller.organization.switch({ organizationId: another.orgId });
  expect(await organizationOf(session.id)).toBe(another.orgId);
});

test("nobody goes to an organization that is not theirs, and the answer does not tell whether it exists", async () => {
  const { orgId, session } = await world.organization();
  const theirs = await world.organization();
  const refusals = await Promise.all(
    [theirs.orgId, randomUUID()].map((organizationId) =>
      world
        .caller(session)
        .organization.switch({ organizationId })
        .catch((error: Error) => error.message),
    ),
  );
  expect(new Set(refusals)).toEqual(new Set(["You do not belong to this organization (any more). Reload the page to see yours."]));
  expect(await organizationOf(session.id)).toBe(orgId);
});

test("a page that still shows the organization from before saves nothing into the one after", async () => {
  const { orgId, session } = await world.organization();
  const another = await joinAnother(session.userId, "owner");
  const after = { ...session, organizationId: another.orgId };
  const stalePage = createCaller({ ...world.context(after), shownOrganizationId: orgId });
  await expect(stalePage.preset.create({ name: "Mine", sourceIds: [] })).rejects.toMatchObject({
    code: "FORBIDDEN",
    message: expect.stringContaining("Reload the page"),
  });
  const freshPage = createCaller({ ...world.context(after), shownOrganizationId: another.orgId });
  await expect(freshPage.preset.create({ name: "Mine", sourceIds: [] })).resolves.toBeDefined();
});

test("an owner can make another organization, owns it and goes on in it", async () => {
  const { session } = await world.organization();
  const { organizationId } = await world.caller(session).organization.create({ name: "Second Dairy", timeZone: "Europe/Berlin" });
  expect(await organizationOf(session.id)).toBe(organizationId);
  const me = await world.caller({ ...session, organizationId }).member.me();
  expect(me).toMatchObject({ role: "owner", organization: { name: "Second Dairy", timeZone: "Europe/Berlin" } });
  expect(await lastAudit(organizationId)).toMatchObject({ action: "organization.create", actorName: "Ada Lovelace" });
  await expect(world.caller(session).organization.create({ name: " ", timeZone: "Mars/Olympus" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("a new name is seen by everybody and stands in the audit with the old one", async () => {
  const { orgId, session } = await world.organization();
  const owner = world.caller(session);
  expect(await owner.organization.rename({ name: " Engines " })).toEqual({ name: "Engines" });
  expect((await owner.member.me()).organization.name).toBe("Engines");
  expect(await lastAudit(orgId)).toMatchObject({ changes: { name: { from: "Analytical Engines", to: "Engines" } } });
});

test("ownership passes to another member, and whoever gave it away is admin", async () => {
  const { orgId, session } = await world.organization();
  const heir = await world.join(orgId, "viewer");
  const owner = world.caller(session);
  const { members } = await owner.member.list();
  const idOf = (userId: string) => members.find((member) => member.userId === userId)?.id ?? "";
  await expect(owner.organization.transfer({ memberId: idOf(session.userId) })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await owner.organization.transfer({ memberId: idOf(heir.userId) });
  expect((await owner.member.me()).role).toBe("admin");
  expect((await world.caller(heir).member.me()).role).toBe("owner");
  expect(await lastAudit(orgId)).toMatchObject({ action: "organization.transfer", summary: "Made Grace Hopper owner and became admin" });
  await expect(owner.organization.transfer({ memberId: idOf(heir.userId) })).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("a person without an organization sees that they have none", async () => {
  const { orgId } = await world.organization();
  const session = await world.join(orgId, "viewer");
  await world.db.system.member.deleteMany({ where: { userId: session.userId } });
  expect(await world.caller({ ...session, organizationId: null }).organization.list()).toEqual([]);
});

test("what is worth a look counts the organization's own failing and quarantined sources and failing channels, not those that are off, and names its own run", async () => {
  const urls = ["https://a.example/", "https://b.example/", "https://c.example/", "https://off.example/"];
  const { session, orgId, presetId, sourceIds } = await world.organization({ urls });
  const another = await world.organization();
  const caller = world.caller(session);
  expect(await caller.organization.attention()).toEqual({ organizationId: orgId, failingSources: 0, failingChannels: 0, activeRun: null });
  const [failing = "", quarantined = "", _well, off = ""] = sourceIds;
  await world.db.system.source.update({ where: { id: off }, data: { consecutiveFailures: 3, enabled: false } });
  await world.db.system.source.update({ where: { id: failing }, data: { consecutiveFailures: 3 } });
  await world.db.system.source.update({ where: { id: quarantined }, data: { quarantinedAt: new Date() } });
  const channel = { orgId, name: "Ops", kind: "email", timeZone: "UTC", consecutiveFailures: 3 } as const;
  await world.db.system.notificationChannel.createMany({
    data: [
      channel,
      { ...channel, enabled: false },
      { ...channel, enabled: false, disabledReason: "It failed for days." },
      { ...channel, consecutiveFailures: 0 },
    ],
  });
  const { runId, number } = await caller.run.start({ requestKey: randomUUID(), presetId });
  expect(await caller.organization.attention()).toEqual({ organizationId: orgId, failingSources: 2, failingChannels: 2, activeRun: { id: runId, number } });
  expect(await world.caller(another.session).organization.attention()).toMatchObject({ failingSources: 0, failingChannels: 0, activeRun: null });
});

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { INVALID_KEY, KEY_SCOPES, type KeyScope } from "@/domain/api-key";
import { ROLES, type Role } from "@/domain/roles";
import { type ApiWorld, type Asker, createApiWorld } from "@/testing/api-world";
import { callProcedure } from "@/testing/call-procedure";
import { procedureInputs } from "@/testing/procedure-inputs";
import { PROCEDURES } from "./procedures";

/** After leaving nothing is allowed any more, so that comes last. */
const LAST = "member.leave";
const PATHS = [...PROCEDURES.flatMap(([path]) => (path === LAST ? [] : path)), LAST];
const NOTHING = {
  presetId: randomUUID(),
  sourceId: randomUUID(),
  runId: randomUUID(),
  memberId: randomUUID(),
  userId: randomUUID(),
  invitationId: randomUUID(),
  organizationId: randomUUID(),
  keyId: randomUUID(),
  scheduleVersionId: "1",
  itemId: "1",
  exportId: randomUUID(),
  linkId: randomUUID(),
  viewId: randomUUID(),
  channelId: randomUUID(),
  ruleId: randomUUID(),
  deliveryId: randomUUID(),
};
/** For whoever has no session. */
const OPEN = ["account.recovery", "account.requestReset", "account.reset", "invitation.accept", "invitation.offer", "setup.claim", "setup.status"];
/** Refused as forbidden for reasons that are no question of roles: a wrong set-up token, and that no mail is sent here. */
const FORBIDDEN_ANYHOW = ["account.requestReset", "setup.claim"];
const FOR_ANYBODY = OPEN.filter((path) => !FORBIDDEN_ANYHOW.includes(path));
/** About oneself: for whoever is signed in, member or not. */
const PERSONAL = [
  ...FOR_ANYBODY,
  "account.changePassword",
  "account.endOtherSessions",
  "account.endSession",
  "account.rename",
  "account.savePreferences",
  "account.sessions",
  "organization.list",
  "organization.switch",
].sort();

/** What a viewer may call. */
const VIEWER = [
  ...PERSONAL,
  ...["export.cancel", "export.list", "export.remove", "export.scope", "export.start", "link.create", "link.list", "link.revoke"],
  "item.changes",
  "item.count",
  "item.list",
  "member.leave",
  "member.list",
  "member.me",
  ...["notification.channels", "notification.deliveries", "notification.delivery", "notification.mailStatus", "notification.previewRule", "notification.rules"],
  "organization.attention",
  "preset.list",
  "run.counts",
  "run.events",
  "run.get",
  "run.history",
  "run.list",
  "run.log",
  "run.timeline",
  "schedule.get",
  "schedule.history",
  "schedule.preview",
  "source.dependents",
  "source.exportOpml",
  "source.get",
  "source.ids",
  "source.list",
  "source.page",
  "system.collecting",
  "system.slotRecord",
  "system.status",
  "view.list",
];
/** What an owner alone may call, and what owners and admins may. */
const OWNER_ONLY = ["organization.create", "organization.transfer", "system.dueInstants"];
const ADMIN_ONLY = [
  ...["apiKey.create", "apiKey.list", "apiKey.revoke", "apiKey.rotate", "audit.actors", "audit.list"],
  ...["invitation.resend", "invitation.revoke", "member.changeRole", "member.invite", "member.remove", "member.resetLink", "organization.rename"],
  ...["notification.createChannel", "notification.createRule", "notification.deleteChannel", "notification.deleteRule", "notification.redeliver"],
  ...["notification.rotateSecret", "notification.testChannel", "notification.testDraft", "notification.updateChannel", "notification.updateRule"],
  ...["system.diagnostics", "system.incidents", "system.work"],
];

const OWNER = PATHS.filter((path) => !FORBIDDEN_ANYHOW.includes(path));
const ADMIN = OWNER.filter((path) => !OWNER_ONLY.includes(path));
const EDITOR = ADMIN.filter((path) => !ADMIN_ONLY.includes(path));
const ALLOWED: Record<Role, string[]> = { owner: OWNER, admin: ADMIN, editor: EDITOR, viewer: VIEWER };
/** What an API key with this scope alone may call, besides what anybody may. */
const ALLOWED_FOR_KEYS: Record<KeyScope, string[]> = {
  read: [
    ...["export.cancel", "export.list", "export.remove", "export.scope", "export.start"],
    ...["item.changes", "item.count", "item.list", "preset.list", "run.counts", "run.events", "run.get", "run.history", "run.list", "run.log", "run.timeline"],
    ...["schedule.get", "schedule.history", "schedule.preview", "view.list"],
    ...["source.dependents", "source.exportOpml", "source.get", "source.ids", "source.list", "source.page"],
  ],
  run: [
    ...[
      "preset.list",
      "run.cancel",
      "run.counts",
      "run.events",
      "run.get",
      "run.history",
      "run.list",
      "run.log",
      "run.retryFailed",
      "run.start",
      "run.startSources",
      "run.timeline",
    ],
  ],
  manage: [
    ...["preset.addSources", "preset.create", "preset.list", "preset.remove", "preset.update"],
    ...["schedule.get", "schedule.history", "schedule.pause", "schedule.preview", "schedule.remove", "schedule.restore", "schedule.resume"],
    ...["schedule.skipNext", "schedule.unskip", "schedule.update"],
    ...["source.check", "source.create", "source.get", "source.liftQuarantine", "source.list", "source.remove", "source.test", "source.update"],
    ...["source.dependents", "source.exportOpml", "source.ids", "source.import", "source.page", "source.removeMany", "source.setEnabled"],
    ...["view.create", "view.list", "view.remove", "view.update"],
  ],
};

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

/** Nothing that is asked for exists, so a permitted call is refused for that reason or changes nothing of importance. */
async function pathsThat(asker: Asker, passes: (code: string | undefined) => boolean): Promise<string[]> {
  const inputs = procedureInputs(NOTHING);
  const passed: string[] = [];
  for (const path of PATHS) {
    const { code } = await callProcedure(world, asker, path, inputs[path]);
    expect(code, path).not.toBe("INTERNAL_SERVER_ERROR");
    if (passes(code)) passed.push(path);
  }
  return passed.sort();
}

test("every procedure has an input to be tested with", () => {
  expect(Object.keys(procedureInputs(NOTHING)).sort()).toEqual([...PATHS].sort());
});

test("without a session everything but set-up, invitations and forgotten passwords is refused, before the input is looked at", async () => {
  expect(await pathsThat(null, (code) => code !== "UNAUTHORIZED")).toEqual(OPEN);
  expect(await callProcedure(world, null, "schedule.update", { cronExpression: "nonsense" })).toMatchObject({ code: "UNAUTHORIZED" });
});

describe("each role may call exactly what its permissions say", () => {
  test.each(ROLES)("%s", async (role) => {
    const { orgId } = await world.organization();
    const session = await world.join(orgId, role);
    expect(await pathsThat(session, (code) => code !== "FORBIDDEN")).toEqual([...ALLOWED[role]].sort());
  });

  test.each(["", "Owner", "superuser", "viewer,owner"])("a role that is none of ours, %j, may nothing", async (role) => {
    const { orgId } = await world.organization();
    expect(await pathsThat(await world.join(orgId, role), (code) => code !== "FORBIDDEN")).toEqual(PERSONAL);
  });
});

describe("an API key may call exactly what its scopes say", () => {
  test.each(KEY_SCOPES)("%s", async (scope) => {
    const key = await world.key(await world.organization(), [scope]);
    expect(await pathsThat(key, (code) => code !== "FORBIDDEN")).toEqual([...ALLOWED_FOR_KEYS[scope], ...FOR_ANYBODY].sort());
  });

  test("all of them together", async () => {
    const key = await world.key(await world.organization(), [...KEY_SCOPES]);
    const sum = new Set([...Object.values(ALLOWED_FOR_KEYS).flat(), ...FOR_ANYBODY]);
    expect(await pathsThat(key, (code) => code !== "FORBIDDEN")).toEqual([...sum].sort());
  });

  test("one that a newer Milkrun stored allows nothing", async () => {
    const key = await world.key(await world.organization(), ["read"]);
    await world.db.system.apiKey.update({ where: { id: key.id }, data: { scopes: ["everything"] } });
    expect(await pathsThat(key, (code) => code !== "FORBIDDEN")).toEqual(FOR_ANYBODY);
  });

  test("and the refusal says which scopes it has", async () => {
    const key = await world.key(await world.organization(), ["read"]);
    expect(await callProcedure(world, key, "run.cancel", { runId: randomUUID() })).toMatchObject({
      message: "The scopes of this API key, read, do not allow this. Nothing was changed. Make a key that may do it.",
    });
  });
});

test.each([
  ["revoked", { revokedAt: new Date() }],
  ["expired", { expiresAt: new Date(Date.now() - 1_000) }],
])("a key that is %s between the beginning of its request and the procedure may nothing", async (_, change) => {
  const key = await world.key(await world.organization(), [...KEY_SCOPES]);
  await world.db.system.apiKey.update({ where: { id: key.id }, data: change });
  expect(await callProcedure(world, key, "item.list", {})).toMatchObject({ code: "UNAUTHORIZED", message: INVALID_KEY });
});

test("whoever left the organization may nothing, although the session still names it", async () => {
  const { orgId } = await world.organization();
  const session = await world.join(orgId, "owner");
  await world.db.system.member.deleteMany({ where: { userId: session.userId } });
  expect(await pathsThat(session, (code) => code !== "FORBIDDEN")).toEqual(PERSONAL);
});

test("a session that names an organization of others gives no access to it", async () => {
  const mine = await world.organization();
  const theirs = await world.organization();
  const session = { ...mine.session, organizationId: theirs.orgId };
  expect(await pathsThat(session, (code) => code !== "FORBIDDEN")).toEqual(PERSONAL);
});

test("a person without an organization is told so", async () => {
  const { session } = await world.organization();
  expect(await callProcedure(world, { ...session, organizationId: null }, "member.me", undefined)).toMatchObject({
    code: "FORBIDDEN",
    message: expect.stringContaining("belongs to no organization"),
  });
});

test("the refusal of a role says which role it is and what to do", async () => {
  const { orgId } = await world.organization();
  const refusal = await callProcedure(world, await world.join(orgId, "viewer"), "run.cancel", { runId: randomUUID() });
  expect(refusal).toMatchObject({ message: "Your role, viewer, does not allow this. Nothing was changed. Ask an owner or admin of the organization." });
});

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AUDIT_GROUPS } from "@/domain/audit";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";
import { callProcedure } from "@/testing/call-procedure";
import type { TestOrganization } from "@/testing/factories";
import { appRouter } from "./root";

/** Flat at run time, by path. */
const PROCEDURES = appRouter._def.procedures as unknown as Record<string, { _def: { type: "query" | "mutation" | "subscription" } }>;
const MUTATIONS = Object.keys(PROCEDURES).filter((path) => PROCEDURES[path]?._def.type === "mutation");

/** Mutations that are not called here, and why. */
const EXCEPT: Record<string, string> = {
  "source.check": "stores nothing",
  "source.test": "stores nothing",
  "source.dependents": "changes nothing",
  "setup.claim": "makes the organization; claim.test.ts reads its entry",
  "member.leave": "needs a second owner; member.test.ts reads its entry",
  "invitation.accept": "is somebody else's; invitation.test.ts reads its entry",
  "organization.switch": "changes one's own session and nothing of an organization",
  "organization.create": "makes another organization, whose audit begins with it; organization.test.ts reads its entry",
  "account.requestReset": "sends a mail, the same to whoever asks",
  "account.reset": "is for whoever has the link; account.test.ts reads its entry",
  "account.changePassword": "needs a password; account.test.ts reads its entry",
  "account.savePreferences": "changes how Milkrun looks to oneself; account.test.ts reads it back",
  "account.endSession": "ends one's own sessions",
  "account.endOtherSessions": "ends one's own sessions",
};

type Owner = ReturnType<ApiWorld["caller"]>;
type Stage = TestOrganization & { owner: Owner };

interface Act {
  /** Makes what the call needs and gives its input. */
  prepare(stage: Stage): unknown;
  summary: RegExp;
  /** Fields with old and new values. */
  changed: string[];
}

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

const schedule = ({ owner, presetId }: Stage) => owner.schedule.update({ cronExpression: "0 9 * * *", timeZone: "UTC", presetId, enabled: true });
const key = ({ owner }: Stage) => owner.apiKey.create({ name: "Reporting", scopes: ["read"] }).then((issued) => issued.key);
const savedView = ({ owner }: Stage) => owner.view.create({ name: "Milk", filter: { text: "milk" } });
const INVITED = "grace@example.org";
const invitation = async ({ owner }: Stage) => ({ id: (await owner.member.invite({ email: INVITED, role: "viewer" })).invitation.id });

async function colleague({ owner, orgId }: Stage) {
  const { userId } = await world.join(orgId, "viewer");
  const { members } = await owner.member.list();
  return { userId, id: members.find((member) => member.userId === userId)?.id };
}

const run = ({ owner, presetId }: Stage) => owner.run.start({ requestKey: randomUUID(), presetId });
const definition = { name: "Gazette", kind: "feed" as const, url: "https://example.org/gazette.xml", config: {} };

async function failedRun(stage: Stage): Promise<string> {
  const { runId } = await run(stage);
  const { orgId, sourceIds } = stage;
  await world.db.system.runSource.create({
    data: { orgId, runId, sourceId: sourceIds[0] ?? "", position: 0, name: "Source 1", kind: "feed", url: "https://example.org/", status: "failed" },
  });
  await world.db.system.run.update({ where: { id: runId }, data: { status: "failed", finishedAt: new Date() } });
  return runId;
}

const webhook = { kind: "webhook" as const, name: "Ops", address: "https://example.org/hook", timeZone: "UTC" };
const channel = async ({ owner }: Stage) => ({ id: (await owner.notification.createChannel(webhook)).channel.id });

async function rule(stage: Stage) {
  const definition = { event: "run_failed" as const, channelIds: [(await channel(stage)).id] };
  return { id: (await stage.owner.notification.createRule(definition)).id, definition };
}
const FEED = { what: "feed" as const, filter: {} };

const ACTS: Record<string, Act> = {
  "schedule.update": {
    prepare: async (stage) => ({ version: (await schedule(stage)).version, cronExpression: "0 10 * * *" }),
    summary: /^Changed the schedule$/,
    changed: ["cronExpression"],
  },
  "schedule.pause": {
    prepare: async (stage) => ({ version: (await schedule(stage)).version, note: "Moving house" }),
    summary: /^Paused the schedule until somebody resumes it$/,
    changed: ["pausedAt", "pauseNote"],
  },
  "schedule.resume": {
    prepare: async (stage) => ({ version: (await stage.owner.schedule.pause({ version: (await schedule(stage)).version })).version }),
    summary: /^Resumed the schedule$/,
    changed: ["pausedAt"],
  },
  "schedule.skipNext": {
    prepare: async (stage) => {
      const { version, nextRunAt } = await schedule(stage);
      return { version, slotAt: nextRunAt };
    },
    summary: /^Left out the run of .+ 09:00 UTC$/,
    changed: ["skipSlotAt"],
  },
  "schedule.unskip": {
    prepare: async (stage) => {
      const { version, nextRunAt } = await schedule(stage);
      return { version: (await stage.owner.schedule.skipNext({ version, slotAt: nextRunAt ?? new Date(0) })).version };
    },
    summary: /^Put the run of .+ 09:00 UTC back$/,
    changed: ["skipSlotAt"],
  },
  "schedule.restore": {
    prepare: async (stage) => {
      await schedule(stage);
      const { version } = await stage.owner.schedule.update({ cronExpression: "0 10 * * *" });
      return { version, id: (await stage.owner.schedule.history({})).entries.at(-1)?.id };
    },
    summary: /^Restored the schedule as of .+ UTC$/,
    changed: ["cronExpression"],
  },
  "schedule.remove": {
    prepare: async (stage) => ({ version: (await schedule(stage)).version }),
    summary: /^Deleted the schedule$/,
    changed: ["cronExpression", "timeZone", "preset", "enabled", "missedPolicy", "spreadMs"],
  },
  "export.start": { prepare: () => ({ format: "xlsx" }), summary: /^Started the export items_\d{4}-\d\d-\d\d\.xlsx$/, changed: [] },
  "export.cancel": {
    prepare: async ({ owner }) => ({ id: (await owner.export.start({ format: "csv" })).id }),
    summary: /^Cancelled the export items_.+\.csv$/,
    changed: [],
  },
  "export.remove": {
    prepare: async ({ owner }) => ({ id: (await owner.export.cancel({ id: (await owner.export.start({ format: "csv" })).id })).id }),
    summary: /^Deleted the exported file items_.+\.csv$/,
    changed: [],
  },
  "link.create": { prepare: () => ({ subject: FEED }), summary: /^Made a link to a feed of items$/, changed: [] },
  "link.revoke": {
    prepare: async ({ owner }) => ({ id: (await owner.link.create({ subject: FEED })).link.id }),
    summary: /^Revoked a link to a feed of items$/,
    changed: [],
  },
  "member.invite": { prepare: () => ({ email: INVITED, role: "viewer" }), summary: /^Invited grace@example\.org as viewer$/, changed: [] },
  "invitation.resend": { prepare: invitation, summary: /^Made a new invitation link for grace@example\.org$/, changed: [] },
  "invitation.revoke": { prepare: invitation, summary: /^Revoked the invitation of grace@example\.org$/, changed: [] },
  "member.changeRole": {
    prepare: async (stage) => ({ memberId: (await colleague(stage)).id, role: "admin" }),
    summary: /^Changed Grace Hopper from viewer to admin$/,
    changed: ["role"],
  },
  "member.resetLink": {
    prepare: async (stage) => ({ userId: (await colleague(stage)).userId }),
    summary: /^Made a password reset link for Grace Hopper$/,
    changed: [],
  },
  "member.remove": {
    prepare: async (stage) => ({ memberId: (await colleague(stage)).id }),
    summary: /^Removed Grace Hopper \(.+@example\.org\)$/,
    changed: [],
  },
  "organization.rename": { prepare: () => ({ name: "Engines" }), summary: /^Renamed the organization from “.+” to “Engines”$/, changed: ["name"] },
  "organization.transfer": {
    prepare: async (stage) => ({ memberId: (await colleague(stage)).id }),
    summary: /^Made Grace Hopper owner and became admin$/,
    changed: ["role"],
  },
  "account.rename": { prepare: () => ({ name: "Ada Lovelace" }), summary: /^Changed their name to Ada Lovelace$/, changed: [] },
  "run.start": { prepare: ({ presetId }) => ({ requestKey: randomUUID(), presetId }), summary: /^Started run 1$/, changed: [] },
  "run.retryFailed": {
    prepare: async (stage) => ({ requestKey: randomUUID(), runId: await failedRun(stage) }),
    summary: /^Started run 2 to collect the failed sources of run 1 again$/,
    changed: [],
  },
  "run.startSources": {
    prepare: ({ sourceIds }) => ({ requestKey: randomUUID(), sourceIds }),
    summary: /^Started run 1 of sources picked by hand$/,
    changed: [],
  },
  "run.cancel": { prepare: async (stage) => ({ runId: (await run(stage)).runId }), summary: /^Asked run 1 to stop$/, changed: [] },
  "preset.create": { prepare: ({ sourceIds }) => ({ name: "Morning", sourceIds }), summary: /^Created the preset “Morning”$/, changed: [] },
  "preset.update": {
    prepare: ({ presetId }) => ({ id: presetId, name: "Evening", sourceIds: [] }),
    summary: /^Changed the preset “Evening”$/,
    changed: ["name", "sources"],
  },
  "preset.addSources": {
    prepare: async ({ owner, presetId }) => ({ id: presetId, sourceIds: [(await owner.source.create(definition)).id] }),
    summary: /^Added “Gazette” to the preset “Everything”$/,
    changed: [],
  },
  "preset.remove": { prepare: ({ presetId }) => ({ id: presetId }), summary: /^Deleted the preset “Everything”$/, changed: [] },
  "view.create": { prepare: () => ({ name: "Milk", filter: { text: "milk" } }), summary: /^Saved the view “Milk”$/, changed: ["filter"] },
  "view.update": {
    prepare: async (stage) => ({ id: (await savedView(stage)).id, name: "Oat milk", filter: { text: "oat" } }),
    summary: /^Changed the view “Oat milk”$/,
    changed: ["name", "filter"],
  },
  "view.remove": { prepare: async (stage) => ({ id: (await savedView(stage)).id }), summary: /^Deleted the view “Milk”$/, changed: ["filter"] },
  "source.create": { prepare: () => definition, summary: /^Created the source “Gazette”$/, changed: [] },
  "source.update": {
    prepare: ({ sourceIds }) => ({ id: sourceIds[0], definition, enabled: false }),
    summary: /^Changed the source “Gazette”$/,
    changed: ["name", "url", "enabled"],
  },
  "source.liftQuarantine": {
    prepare: async ({ sourceIds }) => {
      await world.db.system.source.update({ where: { id: sourceIds[0] ?? "" }, data: { quarantinedAt: new Date() } });
      return { sourceId: sourceIds[0] };
    },
    summary: /^Lifted the quarantine of the source “Source 1”$/,
    changed: [],
  },
  "source.remove": {
    prepare: async ({ owner }) => ({ id: (await owner.source.create(definition)).id }),
    summary: /^Deleted the source “Gazette” and its 0 items$/,
    changed: [],
  },
  "source.setEnabled": {
    prepare: ({ sourceIds }) => ({ ids: sourceIds, enabled: false }),
    summary: /^Turned off “Source 1”$/,
    changed: ["enabled"],
  },
  "source.removeMany": {
    prepare: async ({ owner, sourceIds }) => ({ ids: [...sourceIds, (await owner.source.create(definition)).id] }),
    summary: /^Deleted “Gazette” and their 0 items$/,
    changed: [],
  },
  "source.import": {
    prepare: () => ({
      entries: [
        { line: 1, url: definition.url, name: null },
        { line: 2, url: "?", name: null },
      ],
      preset: { name: "Imported" },
    }),
    summary: /^Imported 1 new of 2 listed sources into the preset “Imported”$/,
    changed: [],
  },
  "apiKey.create": {
    prepare: () => ({ name: "Reporting", scopes: ["run", "read"] }),
    summary: /^Created the API key “Reporting” \(mr_[0-9a-f]{8}\)$/,
    changed: ["scopes", "expiresAt"],
  },
  "apiKey.rotate": {
    prepare: async (stage) => ({ id: (await key(stage)).id }),
    summary: /^Replaced the API key “Reporting” \(mr_\w+\) by mr_\w+; the old one works until .+ UTC$/,
    changed: ["prefix", "expiresAt"],
  },
  "apiKey.revoke": {
    prepare: async (stage) => ({ id: (await key(stage)).id }),
    summary: /^Revoked the API key “Reporting” \(mr_\w+\)$/,
    changed: ["revokedAt"],
  },
  "notification.createChannel": { prepare: () => webhook, summary: /^Created the channel “Ops” for notifications$/, changed: [] },
  "notification.updateChannel": {
    prepare: async (stage) => ({ ...(await channel(stage)), definition: { ...webhook, digest: "daily" } }),
    summary: /^Changed the channel “Ops”$/,
    changed: ["digest"],
  },
  "notification.deleteChannel": { prepare: channel, summary: /^Deleted the channel “Ops”$/, changed: [] },
  "notification.rotateSecret": { prepare: channel, summary: /^Replaced the signing key of the channel “Ops”$/, changed: [] },
  "notification.testChannel": { prepare: channel, summary: /^Sent a test message on the channel “Ops”$/, changed: [] },
  "notification.createRule": {
    prepare: async (stage) => (await rule(stage)).definition,
    summary: /^Created a rule about runs that fail$/,
    changed: [],
  },
  "notification.updateRule": {
    prepare: async (stage) => {
      const { id, definition } = await rule(stage);
      return { id, definition: { ...definition, event: "source_failing", threshold: 5 } };
    },
    summary: /^Changed the rule about sources that fail run after run$/,
    changed: ["event", "threshold"],
  },
  "notification.deleteRule": { prepare: async (stage) => ({ id: (await rule(stage)).id }), summary: /^Deleted the rule about runs that fail$/, changed: [] },
  "notification.redeliver": {
    prepare: async (stage) => {
      const { deliveryId: id } = await stage.owner.notification.testChannel(await channel(stage));
      await world.db.system.delivery.update({ where: { id }, data: { status: "delivered", finishedAt: new Date() } });
      return { id };
    },
    summary: /^Sent the message “Test message” once more on the channel “Ops”$/,
    changed: [],
  },
};

const entriesOf = (orgId: string) => world.db.system.auditEntry.findMany({ where: { orgId }, orderBy: { id: "asc" } });

test("every mutation is called below, or has a reason not to be", () => {
  expect([...Object.keys(ACTS), ...Object.keys(EXCEPT)].sort()).toEqual([...MUTATIONS].sort());
});

describe("one call is one entry, in words, with who, from where, and old and new values", () => {
  test.each(Object.entries(ACTS))("%s", async (path, { prepare, summary, changed }) => {
    const organization = await world.organization();
    const input = await prepare({ ...organization, owner: world.caller(organization.session) });
    const before = (await entriesOf(organization.orgId)).length;
    expect((await callProcedure(world, organization.session, path, input)).code).toBeUndefined();
    const added = (await entriesOf(organization.orgId)).slice(before);
    expect(added).toMatchObject([{ actorId: organization.userId, actorName: "Ada Lovelace", apiKeyPrefix: null, summary: expect.stringMatching(summary) }]);
    const [entry] = added;
    // What api-world gives for a client's address.
    expect(entry?.address).toMatch(/^[0-9a-f-]{36}$/);
    expect(AUDIT_GROUPS).toContain(entry?.action.split(".")[0]);
    expect(Object.keys(entry?.changes ?? {}).sort()).toEqual([...changed].sort());
  });
});

test("an entry of an API key says so, by the key's name and prefix", async () => {
  const organization = await world.organization();
  const { id, prefix, organizationId } = await world.key(organization, ["run"]);
  await world.caller({ id, organizationId }).run.start({ requestKey: randomUUID(), presetId: organization.presetId });
  expect(await entriesOf(organization.orgId)).toMatchObject([{ actorId: id, actorName: "Reporting", apiKeyPrefix: prefix, summary: "Started run 1" }]);
});

import { randomUUID } from "node:crypto";
import type { ApiWorld } from "./api-world";
import type { TestOrganization } from "./factories";

type Owner = ReturnType<ApiWorld["caller"]>;
/** Where an act takes place: an organization and its owner. */
type Stage = TestOrganization & { world: ApiWorld; owner: Owner };

interface Act {
  /** Makes what the call needs and gives its input. */
  prepare(stage: Stage): unknown;
  summary: RegExp;
  /** Fields with old and new values. */
  changed: string[];
}

const schedule = ({ owner, presetId }: Stage) => owner.schedule.update({ cronExpression: "0 9 * * *", timeZone: "UTC", presetId, enabled: true });
const key = ({ owner }: Stage) => owner.apiKey.create({ name: "Reporting", scopes: ["read"] }).then((issued) => issued.key);
const savedView = ({ owner }: Stage) => owner.view.create({ name: "Milk", filter: { text: "milk" } });
const INVITED = "grace@example.org";
const invitation = async ({ owner }: Stage) => ({ id: (await owner.member.invite({ email: INVITED, role: "viewer" })).invitation.id });

async function colleague({ world, owner, orgId }: Stage) {
  const { userId } = await world.join(orgId, "viewer");
  const { members } = await owner.member.list();
  return { userId, id: members.find((member) => member.userId === userId)?.id };
}

const run = ({ owner, presetId }: Stage) => owner.run.start({ requestKey: randomUUID(), presetId });
const definition = { name: "Gazette", kind: "feed" as const, url: "https://example.org/gazette.xml", config: {} };

async function failedRun(stage: Stage): Promise<string> {
  const { runId } = await run(stage);
  const { world, orgId, sourceIds } = stage;
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

/** One act for every mutation that the audit tells of, by its path, and what the audit says of it. */
export const AUDITED_ACTS: Record<string, Act> = {
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
    prepare: async ({ world, sourceIds }) => {
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
      await stage.world.db.system.delivery.update({ where: { id }, data: { status: "delivered", finishedAt: new Date() } });
      return { id };
    },
    summary: /^Sent the message “Test message” once more on the channel “Ops”$/,
    changed: [],
  },
};

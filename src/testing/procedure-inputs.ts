import { randomUUID } from "node:crypto";

/** What the inputs point to. */
export interface InputSubjects {
  presetId: string;
  sourceId: string;
  runId: string;
  memberId: string;
  invitationId: string;
  organizationId: string;
  /** A member other than the one who calls. */
  userId: string;
  /** An API key's. */
  keyId: string;
  /** An entry of the schedule's history. */
  scheduleVersionId: string;
  itemId: string;
  exportId: string;
  linkId: string;
  /** A saved view. */
  viewId: string;
  /** Of notifications, as the rule and the message. */
  channelId: string;
  ruleId: string;
  deliveryId: string;
}

const definition = { name: "Feed", kind: "feed", url: "https://example.org/feed.xml", config: {} };
const channel = { name: "Ops", kind: "webhook", address: "https://example.org/hook", timeZone: "UTC" };
const claim = {
  token: "x",
  name: "Eve",
  email: "eve@example.org",
  password: "correct horse battery",
  organizationName: "Eve's",
  timeZone: "UTC",
  samples: false,
};

/** A valid input for every procedure, by its path. Tests that go through all procedures fail for one that is missing here. */
export function procedureInputs(subjects: InputSubjects): Record<string, unknown> {
  const { presetId, sourceId, runId, memberId, userId, invitationId, organizationId, keyId, scheduleVersionId, itemId, exportId, linkId, viewId } = subjects;
  const { channelId, ruleId, deliveryId } = subjects;
  const rule = { event: "run_failed", channelIds: [channelId] };
  return {
    "setup.status": undefined,
    "setup.claim": claim,
    "account.recovery": undefined,
    "account.requestReset": { email: "eve@example.org" },
    "account.reset": { token: "x", password: "correct horse battery" },
    "account.rename": { name: "Eve" },
    "account.savePreferences": { clockStyle: "12h", firstWeekday: 0, singleKeys: false },
    "account.changePassword": { currentPassword: "x", newPassword: "correct horse battery" },
    "account.sessions": undefined,
    "account.endSession": { id: randomUUID() },
    "account.endOtherSessions": undefined,
    "member.me": undefined,
    "member.list": undefined,
    "member.invite": { email: `${randomUUID()}@example.org`, role: "viewer" },
    "member.changeRole": { memberId, role: "viewer" },
    "member.remove": { memberId },
    "member.leave": undefined,
    "invitation.offer": { token: "x" },
    "invitation.accept": { token: "x", account: { name: "Eve", password: "correct horse battery" } },
    "invitation.resend": { id: invitationId },
    "invitation.revoke": { id: invitationId },
    "organization.list": undefined,
    "organization.attention": undefined,
    "organization.switch": { organizationId },
    "organization.create": { name: "Eve's", timeZone: "UTC" },
    "organization.rename": { name: "Eve's" },
    "organization.transfer": { memberId },
    "member.resetLink": { userId },
    "schedule.get": undefined,
    "schedule.update": { cronExpression: "0 9 * * *", timeZone: "UTC", presetId },
    "schedule.pause": { version: 1, note: "Moving house" },
    "schedule.resume": { version: 1 },
    "schedule.skipNext": { version: 1, slotAt: new Date("2026-01-01T09:00:00Z") },
    "schedule.unskip": { version: 1 },
    "schedule.remove": { version: 1 },
    "schedule.history": {},
    "schedule.restore": { version: 1, id: scheduleVersionId },
    "schedule.preview": { cronExpression: "0 9 * * *", timeZone: "UTC" },
    "run.list": {},
    "run.counts": {},
    "run.timeline": {},
    "run.history": undefined,
    "run.get": { runId },
    "run.start": { requestKey: randomUUID(), presetId },
    "run.retryFailed": { requestKey: randomUUID(), runId },
    "run.startSources": { requestKey: randomUUID(), sourceIds: [sourceId] },
    "run.cancel": { runId },
    "run.events": { runId },
    "run.log": { runId },
    "preset.list": undefined,
    "preset.create": { name: `Preset ${randomUUID()}`, sourceIds: [sourceId] },
    "preset.update": { id: presetId, name: "Renamed", sourceIds: [] },
    "preset.addSources": { id: presetId, sourceIds: [sourceId] },
    "preset.remove": { id: presetId },
    "source.list": undefined,
    "source.get": { id: sourceId },
    "source.create": definition,
    "source.update": { id: sourceId, definition, enabled: false, headers: [] },
    "source.liftQuarantine": { sourceId },
    "source.remove": { id: sourceId },
    "source.page": {},
    "source.ids": {},
    "source.dependents": { ids: [sourceId] },
    "source.setEnabled": { ids: [sourceId], enabled: false },
    "source.removeMany": { ids: [sourceId] },
    "source.import": { entries: [{ line: 1, url: definition.url, name: "Feed" }], preset: { id: presetId } },
    "source.exportOpml": undefined,
    "source.check": { url: "https://example.org/" },
    "source.test": { definition, sourceId, headers: [] },
    "item.list": { sourceId },
    "item.count": { sourceId },
    "item.changes": { itemId },
    "export.scope": {},
    "export.list": undefined,
    "export.start": { format: "csv" },
    "export.cancel": { id: exportId },
    "export.remove": { id: exportId },
    "link.list": undefined,
    "link.create": { subject: { what: "feed", filter: {} } },
    "link.revoke": { id: linkId },
    "view.list": undefined,
    "view.create": { name: `View ${randomUUID()}`, filter: { text: "milk" } },
    "view.update": { id: viewId, name: "Renamed" },
    "view.remove": { id: viewId },
    "apiKey.list": undefined,
    "apiKey.create": { name: "Reporting", scopes: ["read"], expiresInDays: 90 },
    "apiKey.rotate": { id: keyId },
    "apiKey.revoke": { id: keyId },
    "notification.channels": undefined,
    "notification.createChannel": channel,
    "notification.updateChannel": { id: channelId, definition: channel },
    "notification.deleteChannel": { id: channelId },
    "notification.rotateSecret": { id: channelId },
    "notification.testChannel": { id: channelId },
    "notification.testDraft": { channelId, definition: channel },
    "notification.rules": undefined,
    "notification.createRule": rule,
    "notification.updateRule": { id: ruleId, definition: { ...rule, enabled: false } },
    "notification.deleteRule": { id: ruleId },
    "notification.previewRule": { event: "run_failed" },
    "notification.deliveries": {},
    "notification.delivery": { id: deliveryId },
    "notification.redeliver": { id: deliveryId },
    "notification.mailStatus": undefined,
    "audit.list": {},
    "audit.actors": undefined,
    "system.status": undefined,
    "system.work": undefined,
    "system.collecting": undefined,
    "system.incidents": undefined,
    "system.dueInstants": undefined,
    "system.diagnostics": undefined,
    "system.slotRecord": undefined,
  };
}

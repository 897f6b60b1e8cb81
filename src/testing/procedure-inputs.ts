import { randomUUID } from "node:crypto";

/** What the inputs point to. */
export interface InputSubjects {
  presetId: string;
  sourceId: string;
  runId: string;
  /** An API key's. */
  keyId: string;
  /** An entry of the schedule's history. */
  scheduleVersionId: string;
}

const definition = { name: "Feed", kind: "feed", url: "https://example.org/feed.xml", config: {} };
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
export function procedureInputs({ presetId, sourceId, runId, keyId, scheduleVersionId }: InputSubjects): Record<string, unknown> {
  return {
    "setup.status": undefined,
    "setup.claim": claim,
    "member.me": undefined,
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
    "run.get": { runId },
    "run.start": { requestKey: randomUUID(), presetId },
    "run.retryFailed": { requestKey: randomUUID(), runId },
    "run.cancel": { runId },
    "run.events": { runId },
    "preset.list": undefined,
    "preset.create": { name: `Preset ${randomUUID()}`, sourceIds: [sourceId] },
    "preset.update": { id: presetId, name: "Renamed", sourceIds: [] },
    "preset.remove": { id: presetId },
    "source.list": undefined,
    "source.get": { id: sourceId },
    "source.create": definition,
    "source.update": { id: sourceId, definition, enabled: false },
    "source.liftQuarantine": { sourceId },
    "source.remove": { id: sourceId },
    "source.test": { definition },
    "item.list": { sourceId },
    "apiKey.list": undefined,
    "apiKey.create": { name: "Reporting", scopes: ["read"], expiresInDays: 90 },
    "apiKey.rotate": { id: keyId },
    "apiKey.revoke": { id: keyId },
    "audit.list": {},
    "audit.actors": undefined,
    "system.status": undefined,
    "system.work": undefined,
    "system.slotRecord": undefined,
  };
}

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordAudit } from "@/db/audit";
import type { AuditFilter } from "@/domain/audit";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

interface Told {
  at?: string;
  action?: string;
  actorId?: string;
  subjectId?: string;
}

/** An organization whose audit tells this, oldest first. */
async function newOwner(told: Record<string, Told> = {}) {
  const { orgId, session, userId } = await world.organization();
  for (const [summary, { at, actorId = userId, action = "schedule.update", ...rest }] of Object.entries(told)) {
    await world.db.system.auditEntry.create({
      data: { orgId, actorId, actorName: actorId === userId ? "Ada" : "Grace", action, summary, ...(at && { at: new Date(at) }), ...rest },
    });
  }
  const owner = world.caller(session);
  const summaries = async (filter: Partial<AuditFilter>) => (await owner.audit.list(filter)).entries.map(({ summary }) => summary);
  return { owner, orgId, userId, summaries };
}

test("the newest entry comes first, with everything that is told of it", async () => {
  const { owner, orgId, userId } = await newOwner({ first: { at: "2026-11-01T10:00:00Z" } });
  const changes = { cronExpression: { from: "0 9 * * *", to: "0 10 * * *" } };
  const entry = { actorId: userId, actorName: "Ada", address: "192.0.2.7", action: "schedule.update", subjectId: "x", summary: "second", changes };
  await world.db.withTenant(orgId, (tx) => recordAudit(tx, { orgId, ...entry }));
  const { entries, nextCursor } = await owner.audit.list({});
  expect(entries).toMatchObject([
    { ...entry, apiKeyPrefix: null },
    { summary: "first", address: null, changes: null },
  ]);
  expect(nextCursor).toBeNull();
});

test("pages follow each other without a gap, also where entries are of the same moment and new ones come in between", async () => {
  const at = "2026-11-01T10:00:00Z";
  const { owner, orgId } = await newOwner(Object.fromEntries(["a", "b", "c", "d", "e"].map((summary) => [summary, { at }])));
  const seen: string[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await owner.audit.list({ limit: 2, ...(cursor && { cursor }) });
    seen.push(...page.entries.map(({ summary }) => summary));
    cursor = page.nextCursor;
    await world.db.withTenant(orgId, (tx) => recordAudit(tx, { orgId, actorId: null, actorName: "Milkrun", action: "schedule.pause", summary: "new" }));
  } while (cursor);
  expect(seen).toEqual(["e", "d", "c", "b", "a"]);
});

describe("the list can be narrowed", () => {
  const grace = randomUUID();
  const told = {
    "Changed the schedule": { at: "2026-03-28T22:59:00Z", subjectId: "s" },
    "Started run 1": { at: "2026-03-28T23:00:00Z", action: "run.start", actorId: grace },
    "Started run 2": { at: "2026-03-29T21:59:00Z", action: "run.start" },
    "Asked 100% of run 2 to stop": { at: "2026-03-29T22:00:00Z", action: "run.cancel" },
  };

  test("to one person", async () => {
    expect(await (await newOwner(told)).summaries({ actorId: grace })).toEqual(["Started run 1"]);
  });

  test("to what it is about", async () => {
    const { summaries } = await newOwner(told);
    expect(await summaries({ group: "schedule" })).toEqual(["Changed the schedule"]);
    expect(await summaries({ subjectId: "s" })).toEqual(["Changed the schedule"]);
  });

  test("to words, in whatever case, which are taken as they stand", async () => {
    const { summaries } = await newOwner(told);
    expect(await summaries({ text: "RUN started" })).toEqual(["Started run 2", "Started run 1"]);
    expect(await summaries({ text: "0% o" })).toEqual(["Asked 100% of run 2 to stop"]);
    expect(await summaries({ text: "%" })).toEqual(["Asked 100% of run 2 to stop"]);
  });

  test("to days of the organization's own time zone, also to one that is an hour short", async () => {
    const { orgId, summaries } = await newOwner(told);
    await world.db.system.organization.update({ where: { id: orgId }, data: { timeZone: "Europe/Berlin" } });
    expect(await summaries({ from: "2026-03-29", to: "2026-03-29" })).toEqual(["Started run 2", "Started run 1"]);
    expect(await summaries({ to: "2026-03-28" })).toEqual(["Changed the schedule"]);
    expect(await summaries({ from: "2026-03-30" })).toEqual(["Asked 100% of run 2 to stop"]);
  });
});

test("everybody who did something is listed once, by the name that they had last", async () => {
  const { owner, orgId, userId } = await newOwner({ "Started run 1": {} });
  const record = (actorId: string | null, actorName: string, apiKeyPrefix: string | null) =>
    world.db.withTenant(orgId, (tx) => recordAudit(tx, { orgId, actorId, actorName, apiKeyPrefix, action: "run.start", summary: "Started" }));
  const [key, grace] = [randomUUID(), randomUUID()];
  await record(key, "Reporting", "mr_12345678");
  await record(grace, "Grace Hopper", null);
  await record(grace, "Grace Murray", null);
  await record(null, "Milkrun", null);
  expect(await owner.audit.actors()).toEqual([
    { id: userId, name: "Ada", apiKeyPrefix: null },
    { id: grace, name: "Grace Murray", apiKeyPrefix: null },
    { id: key, name: "Reporting", apiKeyPrefix: "mr_12345678" },
  ]);
});

test("an audit that tells of nobody has no one in it", async () => {
  expect(await (await newOwner()).owner.audit.actors()).toEqual([]);
});

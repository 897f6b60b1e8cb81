import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MemberSession } from "@/api/init";
import { KEY_SCOPES } from "@/domain/api-key";
import { ROLES, type Role } from "@/domain/roles";
import { type ApiWorld, type Asker, createApiWorld } from "@/testing/api-world";
import { callProcedure } from "@/testing/call-procedure";
import { type InputSubjects, procedureInputs } from "@/testing/procedure-inputs";
import { openTenantReader, type TenantReader } from "@/testing/tenant-snapshot";
import { PROCEDURES } from "./procedures";

const CALLS = PROCEDURES.map(([path, { type }]) => ({ path, type }));
const PATHS = CALLS.map(({ path }) => path);
const CANARY = "canary-7f3a";
/** A person's own account belongs to no organization: it is tested beside its router. */
const PERSONAL = PATHS.filter((path) => path.startsWith("account."));
/** Answers that hold nothing of any organization. */
const OPEN = new Set([
  ...PERSONAL,
  "setup.status",
  "setup.claim",
  "invitation.offer",
  "invitation.accept",
  "organization.create",
  "schedule.preview",
  "system.status",
  "system.work",
  "system.slotRecord",
  // Bare ids bear no mark: `routers/many-sources.test.ts` shows that they are one's own alone.
  "source.ids",
  "notification.mailStatus",
  // Bare numbers bear no mark: `db/run-list.test.ts`, `routers/item.test.ts` and `api/system-status.test.ts` show that what is others' is not counted.
  "run.counts",
  "item.count",
  "system.collecting",
  "system.incidents",
  "system.dueInstants",
  "system.diagnostics",
]);

interface Victim extends InputSubjects {
  orgId: string;
  session: MemberSession;
}

let world: ApiWorld;
let reader: TenantReader;
let victim: Victim;

beforeAll(async () => {
  world = await createApiWorld();
  reader = await openTenantReader(world.testDatabase.ownerConnection);
  victim = await createVictim();
});

afterAll(async () => {
  await reader.close();
  await world.close();
});

/** An organization with something of everything, marked. */
async function createVictim(): Promise<Victim> {
  const { orgId, session, presetId, sourceIds } = await world.organization({ urls: [`https://${CANARY}.example/feed.xml`] });
  const sourceId = sourceIds[0] ?? "";
  const owner = world.caller(session);
  await owner.preset.update({ id: presetId, name: CANARY, sourceIds });
  await owner.schedule.update({ cronExpression: "17 3 * * *", timeZone: "Pacific/Chatham", presetId, enabled: true });
  const headers = [{ name: CANARY, value: CANARY }];
  await owner.source.update({
    id: sourceId,
    definition: { name: CANARY, kind: "feed", url: `https://${CANARY}.example/feed.xml`, config: {} },
    enabled: true,
    headers,
  });
  const { runId } = await owner.run.start({ requestKey: randomUUID() });
  const seen = { firstSeenAt: new Date(), firstSeenRunId: runId, lastSeenAt: new Date(), lastSeenRunId: runId, lastChangedAt: new Date() };
  const item = await world.db.system.item.create({
    data: { orgId, sourceId, key: "one", title: CANARY, fields: { [CANARY]: 1 }, contentHash: "", ...seen, lastChangedRunId: runId },
  });
  await world.db.system.itemChange.create({ data: { orgId, runId, itemId: item.id, sourceId, fields: [{ field: CANARY, from: null, to: "1" }] } });
  const { userId } = await world.join(orgId, "editor");
  const { members } = await owner.member.list();
  const { invitation } = await owner.member.invite({ email: `${CANARY}-${randomUUID()}@example.org`, role: "viewer" });
  const memberId = members.find(({ role }) => role === "editor")?.id ?? "";
  const { key } = await owner.apiKey.create({ name: CANARY, scopes: ["read"] });
  const [version] = (await owner.schedule.history({})).entries;
  const notifying = await notify(owner);
  const view = await owner.view.create({ name: CANARY, filter: { text: CANARY } });
  const { id: exportId } = await owner.export.start({ format: "csv", q: CANARY });
  const { link } = await owner.link.create({ subject: { what: "feed", filter: { text: CANARY } } });
  const people = { memberId, userId, invitationId: invitation.id, organizationId: orgId };
  return {
    orgId,
    session,
    presetId,
    sourceId,
    runId,
    ...people,
    keyId: key.id,
    scheduleVersionId: version?.id ?? "",
    itemId: String(item.id),
    exportId,
    linkId: link.id,
    viewId: view.id,
    ...notifying,
  };
}

/** A channel with a rule, and a message that was sent on it. */
async function notify(owner: ReturnType<ApiWorld["caller"]>) {
  const { channel } = await owner.notification.createChannel({ kind: "webhook", name: CANARY, address: `https://${CANARY}.example/`, timeZone: "UTC" });
  const rule = await owner.notification.createRule({ event: "run_failed", channelIds: [channel.id] });
  const { deliveryId } = await owner.notification.testChannel({ id: channel.id });
  await world.db.system.delivery.update({ where: { id: deliveryId }, data: { status: "delivered", finishedAt: new Date() } });
  return { channelId: channel.id, ruleId: rule.id, deliveryId };
}

const readVictim = ({ orgId }: Victim) => reader.read(orgId);

const isRole = (asker: string): asker is Role => ROLES.some((role) => role === asker);

/** What was tried, for the last line. */
let tried = 0;

async function createStranger(role: string): Promise<Asker> {
  const elsewhere = await world.organization();
  return isRole(role) ? world.join(elsewhere.orgId, role) : world.key(elsewhere, [...KEY_SCOPES]);
}

describe.each([...ROLES, "an API key with every scope"] as const)("a stranger who is %s elsewhere", (role) => {
  let asker: Asker;

  beforeAll(async () => {
    asker = await createStranger(role);
  });

  test.each(CALLS)("is shown nothing by $path and changes nothing with it", async ({ path, type }) => {
    // What only reads leaves the one who asks as they were.
    const stranger = type === "query" ? asker : await createStranger(role);
    const before = await readVictim(victim);
    const outcome = await callProcedure(world, stranger, path, procedureInputs(victim)[path]);
    tried++;
    expect(outcome.code).not.toBe("INTERNAL_SERVER_ERROR");
    for (const secret of marksOf(victim)) expect(JSON.stringify(outcome)).not.toContain(secret);
    expect(await readVictim(victim)).toEqual(before);
  });
});

test("that was every procedure with every role, against an organization with something in every table that procedures read", async () => {
  const tables = await readVictim(victim);
  const filled = tables.filter(({ rows }) => rows.length > 0);
  const rows = filled.reduce((sum, table) => sum + table.rows.length, 0);
  process.stdout.write(
    `tenants: ${PATHS.length} procedures × ${ROLES.length} roles and an API key = ${tried} calls, ${rows} rows in ${filled.length} tables unchanged\n`,
  );
  expect(tried).toBe(PATHS.length * (ROLES.length + 1));
});

describe("a stream", () => {
  const streams = PROCEDURES.flatMap(([path, { type }]) => (type === "subscription" ? path : []));

  test.each(streams)("%s is refused to a stranger before its first event", async (path) => {
    const { session } = await world.organization();
    expect(await callProcedure(world, session, path, procedureInputs(victim)[path])).toMatchObject({ code: "NOT_FOUND" });
  });

  test("of one's own run says nothing of another organization's, whose changes are told of on the same channel", async () => {
    const [own, other] = [await createVictim(), await createVictim()];
    const events = (await world.caller(own.session).run.events({ runId: own.runId }))[Symbol.asyncIterator]();
    const seen = [(await events.next()).value];
    await world.caller(other.session).run.cancel({ runId: other.runId });
    await world.caller(own.session).run.cancel({ runId: own.runId });
    seen.push((await events.next()).value);
    await events.return?.();
    expect(JSON.stringify(seen)).toContain(own.runId);
    for (const foreign of [other.orgId, other.runId]) expect(JSON.stringify(seen)).not.toContain(foreign);
  });
});

const marksOf = ({ orgId, session }: Victim) => [CANARY, "17 3 * * *", "Pacific/Chatham", orgId, session.userId];

const kept = CALLS.filter(({ path }) => !OPEN.has(path));

test.each(kept)("$path shows or changes something for its own people, which the test above would notice", async ({ path, type }) => {
  // What only reads leaves it for the next one.
  const own = type === "query" ? victim : await createVictim();
  const before = await readVictim(own);
  const outcome = await callProcedure(world, own.session, path, procedureInputs(own)[path]);
  const shows = marksOf(own).some((mark) => JSON.stringify(outcome).includes(mark));
  const changes = JSON.stringify(await readVictim(own)) !== JSON.stringify(before);
  expect(shows || changes || outcome.code === "CONFLICT").toBe(true);
});

test("a name that another organization uses is free", async () => {
  const stranger = await world.organization();
  await expect(world.caller(stranger.session).preset.create({ name: CANARY, sourceIds: [] })).resolves.toMatchObject({ name: CANARY });
});

test("another organization's source cannot be put into a preset", async () => {
  const stranger = await world.organization();
  const refusal = await callProcedure(world, stranger.session, "preset.create", { name: "Mine", sourceIds: [victim.sourceId] });
  expect(refusal).toMatchObject({ code: "BAD_REQUEST" });
});

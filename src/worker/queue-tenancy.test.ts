import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { QUEUED_WORK } from "@/db/queue";
import { createSourceWithHeaders } from "@/db/sources";
import type { SourceDefinition } from "@/domain/source";
import type { Senders } from "@/notifications/send-message";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";
import { gives, scriptedCollector } from "@/testing/scripted-collector";
import { silentLog } from "@/testing/silent-log";
import { openTenantReader, type TenantReader } from "@/testing/tenant-snapshot";
import { testKeys } from "@/testing/test-keys";
import { until } from "@/testing/until";
import { createWorker, type Worker } from "./worker";

const URL = "https://example.org/feed.xml";
const CANARY = "canary-90c3";
const FEED: SourceDefinition = { name: CANARY, kind: "feed", url: URL, config: {} };

let world: ApiWorld;
let reader: TenantReader;
let worker: Worker;

beforeAll(async () => {
  world = await createApiWorld();
  reader = await openTenantReader(world.testDatabase.ownerConnection);
});

afterAll(async () => {
  await worker?.stop();
  await reader.close();
  await world.close();
});

interface Job {
  task: string;
  payload: Record<string, unknown>;
}

const listJobs = () => world.db.system.$queryRaw<Job[]>`
  select t.identifier as task, j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id`;

/** An organization that has asked for everything that can be queued. */
async function newOrganization() {
  const organization = await world.organization({ urls: [URL] });
  const { orgId, userId, presetId, session } = organization;
  const headers = [{ name: "X-Key", value: CANARY }];
  await world.db.withTenant(orgId, (tx) => createSourceWithHeaders(tx, orgId, { definition: FEED, headers }, { userId, keys: testKeys }));
  const { runId } = await world.caller(session).run.start({ requestKey: randomUUID(), presetId });
  await world
    .caller(session, { signal: AbortSignal.abort() })
    .source.test({ definition: FEED, headers })
    .catch(() => {});
  const { id: testId } = await world.db.system.sourceTest.findFirstOrThrow({ where: { orgId } });
  const { id: exportId } = await world.caller(session).export.start({ format: "csv" });
  return { ...organization, runId, testId, exportId, ...(await notify(organization)) };
}

/** A message on its way, and something that a rule is to be held against. */
async function notify({ orgId, session, presetId }: Awaited<ReturnType<ApiWorld["organization"]>>) {
  const owner = world.caller(session);
  const { channel } = await owner.notification.createChannel({ kind: "webhook", name: CANARY, address: `https://${CANARY}.example/`, timeZone: "UTC" });
  await owner.notification.createRule({ event: "schedule_changed", channelIds: [channel.id] });
  await owner.schedule.update({ cronExpression: "0 9 * * *", timeZone: "UTC", presetId });
  const { deliveryId } = await owner.notification.testChannel({ id: channel.id });
  const definition = { kind: "ntfy", name: CANARY, address: `https://${CANARY}.example/topic`, token: CANARY, timeZone: "UTC" } as const;
  await world
    .caller(session, { signal: AbortSignal.abort() })
    .notification.testDraft({ channelId: null, definition })
    .catch(() => {});
  const { id: draftId } = await world.db.system.sourceTest.findFirstOrThrow({ where: { orgId, definition: { path: ["kind"], equals: "channel" } } });
  return { channelId: channel.id, deliveryId, draftId };
}

type Organization = Awaited<ReturnType<typeof newOrganization>>;

/** For each kind of work: a payload for one's own, that also names whatever there is of somebody else. */
const mixedPayloads: Record<(typeof QUEUED_WORK)[number], (own: Organization, other: Organization) => object> = {
  execute_run: (own, other) => ({ runId: own.runId, orgId: other.orgId, presetId: other.presetId, sourceIds: other.sourceIds, testId: other.testId }),
  test_source: (own, other) => ({ testId: own.testId, orgId: other.orgId, sourceId: other.sourceIds[0], runId: other.runId }),
  test_draft: (own, other) => ({ testId: own.draftId, orgId: other.orgId, channelId: other.channelId }),
  judge_events: (own, other) => ({ orgId: own.orgId, channelId: other.channelId, runId: other.runId }),
  send_messages: (own, other) => ({ channelId: own.channelId, orgId: other.orgId, deliveryId: other.deliveryId }),
  write_export: (own, other) => ({ exportId: own.exportId, orgId: other.orgId, runId: other.runId }),
};

const endOf = ({ runId, testId, draftId }: Organization) =>
  until(
    world.db,
    async () => {
      const run = await world.db.system.run.findUniqueOrThrow({ where: { id: runId } });
      const tested = await world.db.system.sourceTest.count({ where: { id: { in: [testId, draftId] }, finishedAt: { not: null } } });
      return { status: run.status, tested };
    },
    ({ status, tested }) => status === "succeeded" && tested === 2,
  );

test("what is queued names rows by their ids and holds nothing else", async () => {
  await newOrganization();
  const jobs = await listJobs();
  expect([...new Set(jobs.map(({ task }) => task))].sort()).toEqual([...QUEUED_WORK].sort());
  for (const { payload } of jobs) expect(Object.values(payload)).toEqual([expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)]);
});

test("a worker does what is queued for its own organization only, whatever else the payload names", async () => {
  const [own, other] = [await newOrganization(), await newOrganization()];
  await world.db.system.$executeRaw`delete from graphile_worker._private_jobs`;
  const before = await reader.read(other.orgId);
  const add = (task: string, payload: object) => world.db.system.$executeRaw`select (graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json)).id`;
  for (const task of QUEUED_WORK) await add(task, mixedPayloads[task](own, other));
  // Ids of nothing at all.
  await add("execute_run", { runId: randomUUID() });
  await add("test_source", { testId: randomUUID() });
  await add("test_draft", { testId: randomUUID() });
  await add("judge_events", { orgId: randomUUID() });
  await add("send_messages", { channelId: randomUUID() });
  await add("write_export", { exportId: randomUUID() });
  const shared = { db: world.db, connection: world.testDatabase.connection, log: silentLog, instanceId: randomUUID() };
  const senders: Senders = { mailer: null, post: async () => ({ kind: "answered", status: 200, answer: "", durationMs: 1 }) };
  const messages = { senders, baseUrl: "https://milkrun.example" };
  worker = createWorker({ ...shared, messages, collectors: scriptedCollector({ [URL]: gives("1") }), concurrency: 2, finishMs: 200 });
  await worker.start();
  await endOf(own);
  await until(world.db, listJobs, (jobs) => jobs.length === 0);
  expect(await reader.read(other.orgId)).toEqual(before);
  expect(await world.db.system.item.count({ where: { orgId: own.orgId } })).toBe(1);
  // The test and what the rule said.
  expect(await world.db.system.delivery.count({ where: { orgId: own.orgId, status: "delivered" } })).toBe(2);
});

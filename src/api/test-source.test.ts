import { afterAll, beforeAll, expect, test } from "vitest";
import { finishSourceTest } from "@/db/source-tests";
import type { SourceDefinition } from "@/domain/source";
import type { SourceTestResult } from "@/domain/source-test";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";
import { testSource } from "./test-source";

const FEED: SourceDefinition = { name: "Feed", kind: "feed", url: "https://example.org/feed.xml", config: {} };
const FOUND: SourceTestResult = {
  ok: true,
  title: "News",
  httpStatus: 200,
  finalUrl: FEED.url,
  wireBytes: 10,
  durationMs: 5,
  itemCount: 0,
  items: [],
  exchange: null,
};
const FAILED: SourceTestResult = { ok: false, code: "http_status", message: "The site answered 404.", httpStatus: 404, exchange: null };

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

/** Queued source tests of the organization, as a worker would find them, once there are this many. */
async function queuedTests(orgId: string, count: number): Promise<string[]> {
  for (;;) {
    const rows = await world.db.system.sourceTest.findMany({ where: { orgId, finishedAt: null }, orderBy: { createdAt: "asc" } });
    if (rows.length === count) return rows.map(({ id }) => id);
  }
}

const finish = (id: string, result: SourceTestResult) => world.db.withSystem((tx) => finishSourceTest(tx, id, result));

test.each([
  ["what would be stored", FOUND],
  ["why nothing would be", FAILED],
])("a source test answers %s, as soon as the worker has it", async (_, result) => {
  const { orgId, session } = await world.organization();
  const answer = world.caller(session).source.test({ definition: FEED });
  for (const id of await queuedTests(orgId, 1)) await finish(id, result);
  expect(await answer).toEqual(result);
});

test("of a source that is stored it says which items are known and which would be new", async () => {
  const { orgId, session, sourceIds } = await world.organization();
  const [sourceId = ""] = sourceIds;
  const run = { firstSeenRunId: sourceId, lastSeenRunId: sourceId, lastChangedRunId: sourceId };
  const seen = { firstSeenAt: new Date(), lastSeenAt: new Date(), lastChangedAt: new Date() };
  await world.db.system.item.create({ data: { orgId, sourceId, key: "old", fields: {}, contentHash: "", ...run, ...seen } });
  const items = ["old", "new"].map((key) => ({ key, title: null, url: null, publishedAt: null, fields: {}, isKnown: null }));
  const answer = world.caller(session).source.test({ definition: FEED, sourceId });
  for (const id of await queuedTests(orgId, 1)) await finish(id, { ...FOUND, items });
  expect(await answer).toMatchObject({ items: [{ isKnown: true }, { isKnown: false }] });
});

test("the worker gets the definition that is on the screen, queued in the same transaction", async () => {
  const { orgId, session } = await world.organization();
  const answer = world.caller(session).source.test({ definition: { ...FEED, url: "https://example.org/unsaved.xml" } });
  const [id = ""] = await queuedTests(orgId, 1);
  const stored = await world.db.system.sourceTest.findUniqueOrThrow({ where: { id } });
  expect(stored.definition).toMatchObject({ url: "https://example.org/unsaved.xml" });
  const [queued] = await world.db.system.$queryRaw<
    [{ count: number }]
  >`select count(*)::int as count from graphile_worker.jobs where task_identifier = 'test_source'`;
  expect(queued.count).toBeGreaterThan(0);
  await finish(id, FOUND);
  await answer;
  expect(await world.caller(session).source.list()).toHaveLength(1);
});

test("a lost notification costs a moment, not the answer", async () => {
  const { orgId, session } = await world.organization();
  const answer = world.caller(session).source.test({ definition: FEED });
  const [id = ""] = await queuedTests(orgId, 1);
  await world.db.system.sourceTest.update({ where: { id }, data: { result: FAILED, finishedAt: new Date() } });
  expect(await answer).toEqual(FAILED);
});

test("when no worker answers it says so instead of waiting for ever", async () => {
  const { orgId } = await world.organization();
  await expect(testSource(world.db, orgId, { definition: FEED }, undefined, 10)).rejects.toMatchObject({ code: "unavailable" });
});

test("an organization may have three going, others are not held up", async () => {
  const { orgId, session } = await world.organization();
  const caller = world.caller(session);
  const going = [1, 2, 3].map(() => caller.source.test({ definition: FEED }));
  const ids = await queuedTests(orgId, 3);
  await expect(caller.source.test({ definition: FEED })).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  const other = await world.organization();
  await expect(testSource(world.db, other.orgId, { definition: FEED }, undefined, 10)).rejects.toMatchObject({ code: "unavailable" });
  for (const id of ids) await finish(id, FOUND);
  await Promise.all(going);
});

test("old tests are deleted and no longer count", async () => {
  const { orgId, session } = await world.organization();
  await world.db.system.$executeRaw`
    insert into source_test (id, org_id, definition, created_at)
    select gen_random_uuid(), ${orgId}::uuid, '{}', now() - interval '11 minutes' from generate_series(1, 5)`;
  const answer = world.caller(session).source.test({ definition: FEED });
  for (const id of await queuedTests(orgId, 1)) await finish(id, FOUND);
  expect(await answer).toEqual(FOUND);
});

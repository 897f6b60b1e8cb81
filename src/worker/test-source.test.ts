import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CollectError } from "@/collectors/collect-error";
import { createDatabase, type Database } from "@/db/client";
import { findSourceTestResult, startSourceTest } from "@/db/source-tests";
import type { SourceDefinition } from "@/domain/source";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization } from "@/testing/factories";
import { gives, hangs, type Script, scriptedCollector } from "@/testing/scripted-collector";
import { silentLog } from "@/testing/silent-log";
import { testKeys } from "@/testing/test-keys";
import type { SourceCollector } from "./collect-source";
import { testSource } from "./test-source";

const FEED: SourceDefinition = { name: "Feed", kind: "feed", url: "https://example.org/", config: {} };

let server: TestDatabase;
let db: Database;

beforeAll(async () => {
  server = await createTestDatabase();
  db = createDatabase(server.connection, { poolSize: 2, log: silentLog, keys: testKeys });
});

afterAll(async () => {
  await db.close();
  await server.drop();
});

/** What the person is told of a source that does this. */
async function tell(script: Script, limitMs?: number) {
  const { orgId } = await createOrganization(db);
  const testId = randomUUID();
  await db.withTenant(orgId, (tx) => startSourceTest(tx, testKeys, { orgId, testId }, { definition: FEED }));
  await testSource({ db, log: silentLog, collectors: scriptedCollector({ [FEED.url]: script }) }, testId, limitMs);
  return db.withTenant(orgId, (tx) => findSourceTestResult(tx, orgId, testId));
}

it("a test tells what would be stored", async () => {
  expect(await tell(gives("1", "2"))).toMatchObject({ ok: true, itemCount: 2, items: [{ key: "1" }, { key: "2" }] });
});

it("a test tells why nothing would be, for instance that the site asks for it", async () => {
  const refuse: Script = () => Promise.reject(new CollectError("robots_disallowed", "The site asks programs not to read this page."));
  expect(await tell(refuse)).toEqual({
    ok: false,
    code: "robots_disallowed",
    message: "The site asks programs not to read this page.",
    httpStatus: null,
    exchange: null,
    robots: null,
  });
});

it("a test that no worker came to is not carried out once whoever asked for it has given up", async () => {
  const { orgId } = await createOrganization(db);
  const testId = randomUUID();
  await db.withTenant(orgId, (tx) => startSourceTest(tx, testKeys, { orgId, testId }, { definition: FEED }));
  await db.system.$executeRaw`update source_test set created_at = created_at - interval '1 minute' where id = ${testId}::uuid`;
  await testSource({ db, log: silentLog, collectors: scriptedCollector({ [FEED.url]: gives("1") }) }, testId);
  expect(await db.withTenant(orgId, (tx) => findSourceTestResult(tx, orgId, testId))).toBeNull();
});

it("a check of an address tells what is there, and a test's own words where nothing is", async () => {
  const { orgId } = await createOrganization(db);
  const check = async (collectors: SourceCollector) => {
    const testId = randomUUID();
    await db.withTenant(orgId, (tx) => startSourceTest(tx, testKeys, { orgId, testId }, { definition: { kind: "check", url: FEED.url } }));
    await testSource({ db, log: silentLog, collectors }, testId);
    return db.withTenant(orgId, (tx) => findSourceTestResult(tx, orgId, testId));
  };
  const scripted = scriptedCollector({});
  expect(await check(scripted)).toMatchObject({ ok: true, title: "Scripted", finalUrl: FEED.url, suggestions: [{ kind: "feed", url: FEED.url }] });
  const refuse = () => Promise.reject(new CollectError("dns", "There is no such site."));
  expect(await check({ ...scripted, inspect: refuse })).toEqual({ ok: false, message: "There is no such site." });
});

it("a test that takes too long says that others may be before it, and not that a run was stopped", async () => {
  expect(await tell(hangs().script, 50)).toMatchObject({ ok: false, code: "timeout", message: expect.stringContaining("others are being served") });
});

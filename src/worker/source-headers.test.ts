import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { CollectError } from "@/collectors/collect-error";
import { createDatabase, type Database } from "@/db/client";
import { updateSource } from "@/db/sources";
import type { SourceHeaderInput } from "@/domain/source-header";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization, type TestOrganization } from "@/testing/factories";
import { gives, type Script, scriptedCollector } from "@/testing/scripted-collector";
import { silentLog } from "@/testing/silent-log";
import { endOfRun, startRunOf } from "@/testing/started-run";
import { testKeys } from "@/testing/test-keys";
import type { SourceCollector } from "./collect-source";
import { createWorker, type Worker } from "./worker";

const URL = "https://api.example.org/feed.xml";
const HEADERS = [{ name: "Authorization", value: "Bearer canary" }];

let server: TestDatabase;
let db: Database;
const running: Worker[] = [];

beforeAll(async () => {
  server = await createTestDatabase();
  db = createDatabase(server.connection, { poolSize: 8, log: silentLog, keys: testKeys });
  await db.listener.start();
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((worker) => worker.stop()));
});

afterAll(async () => {
  await db.close();
  await server.drop();
});

/** A collector that notes the headers that it is given. */
function notingCollector(script: Script = gives("1")): SourceCollector & { sent: unknown[] } {
  const sent: unknown[] = [];
  const scripted = scriptedCollector({ [URL]: script });
  return {
    ...scripted,
    sent,
    collect(definition, options) {
      sent.push(options.headers);
      return scripted.collect(definition, options);
    },
  };
}

const save = ({ orgId, userId, sourceIds }: TestOrganization, url: string, headers: SourceHeaderInput[]) =>
  db.withTenant(orgId, (tx) => {
    const definition = { name: "Feed", kind: "feed" as const, url, config: {} };
    return updateSource(tx, orgId, sourceIds[0] ?? "", { definition, enabled: true, headers }, { userId, keys: testKeys });
  });

async function run(organization: TestOrganization) {
  return endOfRun(db, organization.orgId, await startRunOf(db, organization));
}

async function startWorker(collectors: SourceCollector) {
  const shared = { db, connection: server.connection, log: silentLog, instanceId: randomUUID() };
  // A failed attempt is followed by another one at once.
  const worker = createWorker({ ...shared, collectors, concurrency: 2, finishMs: 200, random: () => 0 });
  running.push(worker);
  await worker.start();
}

test("a run sends the headers of its sources", async () => {
  const organization = await createOrganization(db, { urls: [URL] });
  await save(organization, URL, HEADERS);
  const collectors = notingCollector();
  await startWorker(collectors);
  expect(await run(organization)).toMatchObject({ status: "succeeded" });
  expect(collectors.sent).toEqual([{ Authorization: "Bearer canary" }]);
});

test("a source that moved to another site while its run waited is not collected: its new headers are not for the old site", async () => {
  const organization = await createOrganization(db, { urls: [URL] });
  const collectors = notingCollector(async () => {
    // The run has written down the addresses of its sources by now.
    await save(organization, "https://other.example/feed.xml", HEADERS);
    throw new CollectError("http_status", "The site answered 503.", { httpStatus: 503, retryable: true });
  });
  await startWorker(collectors);
  const ended = await run(organization);
  expect(ended.sources[0]).toMatchObject({ status: "failed", errorCode: "headers_changed", attempts: 2 });
  expect(ended.sources[0]?.message).toContain("was changed to another site during the run, so its headers were not sent");
  expect(collectors.sent).toEqual([{}]);
});

test("headers that cannot be decrypted fail their source alone, once, with the reason, and nothing is asked of the site", async () => {
  const organization = await createOrganization(db, { urls: [URL] });
  await save(organization, URL, HEADERS);
  await db.system.sourceHeader.updateMany({ where: { orgId: organization.orgId }, data: { id: randomUUID() } });
  const collectors = notingCollector();
  await startWorker(collectors);
  const ended = await run(organization);
  expect(ended.sources[0]).toMatchObject({ status: "failed", errorCode: "headers_unreadable", attempts: 1 });
  expect(ended.sources[0]?.message).toContain("cannot be decrypted, so nothing was collected");
  expect(collectors.sent).toEqual([]);
});

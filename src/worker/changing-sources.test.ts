import { randomUUID } from "node:crypto";
import type { RequestListener } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createDatabase, type Database } from "@/db/client";
import { updateSource } from "@/db/sources";
import type { RunTrigger } from "@/domain/run-status";
import { csvConfigSchema } from "@/domain/source";
import { type CollectedSite, startCollectedSite } from "@/testing/collected-site";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization, type OrganizationOptions, type TestOrganization } from "@/testing/factories";
import { silentLog } from "@/testing/silent-log";
import { lookAtRun } from "@/testing/started-run";
import { testKeys } from "@/testing/test-keys";
import { createRunExecutor, type ExecuteRun } from "./execute-run";

const CSV = csvConfigSchema.parse({});

let server: TestDatabase;
let db: Database;
let collected: CollectedSite;
let execute: ExecuteRun;
let answer: RequestListener;
/** The statuses that the site answered with. */
let answered: number[] = [];

beforeAll(async () => {
  server = await createTestDatabase();
  db = createDatabase(server.connection, { poolSize: 8, log: silentLog, keys: testKeys });
  await db.listener.start();
  collected = await startCollectedSite((request, response) => {
    response.on("finish", () => answered.push(response.statusCode));
    answer(request, response);
  });
  execute = createRunExecutor({ db, collectors: collected.runtime, log: silentLog, instanceId: randomUUID() });
});

afterEach(() => {
  answered = [];
});

afterAll(async () => {
  await collected.close();
  await db.close();
  await server.drop();
});

const newOrganization = (options: OrganizationOptions = {}) => createOrganization(db, { urls: [`${collected.site.origin}/list`], ...options });

/** A run as the schedule starts it, or somebody else. */
async function run({ orgId, presetId }: TestOrganization, trigger: RunTrigger = "schedule") {
  const number = (await db.system.run.count({ where: { orgId } })) + 1;
  const slot = trigger === "schedule" ? { scheduleId: randomUUID(), slotAt: new Date() } : {};
  const { id } = await db.system.run.create({ data: { orgId, number, trigger, ...slot, status: "queued", limitMs: 60_000, presetId } });
  await execute(id, new AbortController().signal);
  const lines = await db.system.runEvent.findMany({ where: { runId: id, sourceId: { not: null } }, orderBy: { number: "asc" }, select: { message: true } });
  const run = await lookAtRun(db, orgId, id);
  return { ...run, source: run.sources[0], log: lines.map(({ message }) => message) };
}

const table = (...names: string[]) => `id,name\n${names.map((name) => `${name},${name}\n`).join("")}`;
const sends =
  (body: string, headers: Record<string, string> = {}): RequestListener =>
  (request, response) => {
    const isKnown = headers.etag !== undefined && request.headers["if-none-match"] === headers.etag;
    response.writeHead(isKnown ? 304 : 200, headers).end(isKnown ? undefined : body);
  };

describe("a run", () => {
  it("counts what is gone from a complete list and what came back, and takes no cut-off or empty list for one", async () => {
    const organization = await newOrganization({ kind: "csv", config: CSV });
    answer = sends(table("a", "b", "c"));
    await run(organization);
    answer = sends("id,name\n");
    expect(await run(organization)).toMatchObject({ status: "succeeded", goneCount: 0 });
    answer = sends(table("a"));
    expect(await run(organization)).toMatchObject({ goneCount: 2, unchangedCount: 1, log: ["Collecting.", "Done: 0 new, 0 changed, 1 unchanged, 2 gone."] });
    answer = sends(table("a", "b"));
    expect(await run(organization)).toMatchObject({ goneCount: 0, changedCount: 1, unchangedCount: 1 });
  });

  it("writes nothing of what did not change, says how it knows, and reads a definition that changed anew", async () => {
    const organization = await newOrganization({ kind: "csv", config: CSV });
    answer = sends(table("a"), { etag: '"1"' });
    expect((await run(organization)).source).toMatchObject({ status: "succeeded", newCount: 1 });
    expect(await run(organization)).toMatchObject({
      source: { status: "not_modified", httpStatus: 304, wireBytes: 0 },
      log: ["Collecting.", "The site says that nothing changed since the last time."],
    });
    const { orgId, userId, sourceIds } = organization;
    const definition = { name: "Table", kind: "csv", url: `${collected.site.origin}/list`, config: { ...CSV, delimiter: "comma" as const } } as const;
    await db.withTenant(orgId, (tx) => updateSource(tx, orgId, sourceIds[0] ?? "", { definition, enabled: true }, { userId, keys: testKeys }));
    expect((await run(organization)).source).toMatchObject({ status: "succeeded", httpStatus: 200 });
    answer = sends(table("a"));
    expect(await run(organization)).toMatchObject({ source: { status: "not_modified", httpStatus: 200 } });
    expect(answered).toEqual([200, 304, 200, 200]);
  });

  it("asks for everything after a week, so that a site which says for ever that nothing changed holds no source up", async () => {
    const organization = await newOrganization({ kind: "csv", config: CSV });
    answer = (request, response) => void response.writeHead(request.headers["if-none-match"] ? 304 : 200, { etag: '"same"' }).end(table("a"));
    await run(organization);
    answer = (request, response) => void response.writeHead(request.headers["if-none-match"] ? 304 : 200, { etag: '"same"' }).end(table("a", "b"));
    expect((await run(organization)).source).toMatchObject({ status: "not_modified" });
    const wholeReadAt = new Date(Date.now() - 7 * 86_400_000);
    await db.system.sourceReading.updateMany({ where: { orgId: organization.orgId }, data: { wholeReadAt } });
    expect((await run(organization)).source).toMatchObject({ status: "succeeded", newCount: 1 });
    expect((await run(organization)).source).toMatchObject({ status: "not_modified" });
  });
});

describe("a feed that says how often it wants to be read", () => {
  const FEED = "<rss><channel><ttl>120</ttl><item><title>1</title></item></channel></rss>";

  it("is not asked before by the schedule, which is a success; a person's run asks it, and so does the schedule once it is time", async () => {
    const organization = await newOrganization();
    answer = sends(FEED, { etag: '"1"' });
    await run(organization);
    const early = await run(organization);
    expect(early).toMatchObject({ status: "succeeded", doneSourceCount: 1, isUnusuallyEmpty: false, retryableSourceCount: 0 });
    expect(early.source).toMatchObject({ status: "not_due", attempts: 0, startedAt: null, message: "Not asked: the feed says to come back in 120 minutes." });
    expect(Number(early.source?.comeBackAt) - Date.now()).toBeGreaterThan(7_000_000);
    expect(early.log).toEqual([early.source?.message]);
    expect((await run(organization, "person")).source).toMatchObject({ status: "not_modified" });
    const readAt = new Date(Date.now() - 7_200_000);
    await db.system.sourceReading.updateMany({ where: { orgId: organization.orgId }, data: { readAt } });
    expect((await run(organization)).source).toMatchObject({ status: "not_modified" });
    expect(answered).toEqual([200, 304, 304]);
  });

  it("is asked every time where somebody says so", async () => {
    const organization = await newOrganization({ config: { everyRun: true } });
    answer = sends(FEED);
    await run(organization);
    expect((await run(organization)).source).toMatchObject({ status: "not_modified" });
    expect(answered).toEqual([200, 200]);
  });
});

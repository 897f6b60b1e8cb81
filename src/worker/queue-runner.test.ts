import { randomUUID } from "node:crypto";
import pino from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createDatabase, type Database } from "@/db/client";
import { withClient } from "@/db/connect";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization, type TestOrganization } from "@/testing/factories";
import { gives, scriptedCollector } from "@/testing/scripted-collector";
import { silentLog } from "@/testing/silent-log";
import { lookAtRun, startRunOf } from "@/testing/started-run";
import { until } from "@/testing/until";
import { createWorker, type Worker } from "./worker";

const URL = "https://a.example/";

let server: TestDatabase;
let db: Database;
let worker: Worker;

beforeAll(async () => {
  server = await createTestDatabase();
});

afterEach(async () => {
  await worker.stop();
  await db.close();
});

afterAll(() => server.drop());

async function startWorker(log = silentLog): Promise<void> {
  db = createDatabase(server.connection, { poolSize: 4, log: silentLog });
  await db.listener.start();
  const messages = { senders: { post: () => Promise.reject(new Error("Nothing is sent here.")), mailer: null }, baseUrl: "https://milkrun.example" };
  const shared = { db, connection: server.connection, log, instanceId: randomUUID(), messages };
  worker = createWorker({ ...shared, collectors: scriptedCollector({ [URL]: gives("1") }), concurrency: 2, finishMs: 200 });
  await worker.start();
}

/** Asks for a run, again while connections break, and waits for its end. */
async function runOnce(organization: TestOrganization) {
  const runId = await vi.waitFor(() => startRunOf(db, organization), { timeout: 20_000, interval: 50 });
  return until(
    db,
    () => lookAtRun(db, organization.orgId, runId).catch(() => null),
    (seen) => seen?.finishedAt != null,
    20_000,
  );
}

const asOwner = (statement: string) => withClient(server.ownerConnection, (client) => client.query(statement));

const dropEveryConnection = () =>
  asOwner("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");

/** What a newer version's migration of the queue says: every runner that hears it ends itself. */
const endRunners = () => asOwner(`select pg_notify('worker:migrate', '{"breaking":true,"migrationNumber":99}')`);

describe("a worker", () => {
  it("takes what is asked for after every connection was dropped, five times in a row", { timeout: 90_000 }, async () => {
    await startWorker();
    const organization = await createOrganization(db, { urls: [URL] });
    for (const round of [1, 2, 3, 4, 5]) {
      await dropEveryConnection();
      expect(await runOnce(organization), `round ${round}`).toMatchObject({ status: "succeeded", attempt: 1 });
    }
  });

  it("begins without a warning, though more messages are sent at the same time than the queue has connections for them", async () => {
    const lines: string[] = [];
    await startWorker(pino({ level: "warn" }, { write: (line) => void lines.push(line) }));
    expect(await runOnce(await createOrganization(db, { urls: [URL] }))).toMatchObject({ status: "succeeded" });
    expect(lines).toEqual([]);
  });

  it("goes on when its queue's runner ends by itself", { timeout: 60_000 }, async () => {
    const lines: string[] = [];
    await startWorker(pino({ level: "warn" }, { write: (line) => void lines.push(line) }));
    const organization = await createOrganization(db, { urls: [URL] });
    expect(await runOnce(organization)).toMatchObject({ status: "succeeded" });
    const before = process.exitCode;
    await endRunners();
    await vi.waitFor(() => expect(lines.join("")).toContain("the queue stopped being worked on, it is taken up again"), { timeout: 10_000 });
    // The queue sets this for a process that would end now.
    process.exitCode = before;
    expect(await runOnce(organization)).toMatchObject({ status: "succeeded" });
  });

  it("is not deaf for ever when the database fails it right at its start", { timeout: 60_000 }, async () => {
    await asOwner("alter table graphile_worker._private_tasks rename to away");
    const lines: string[] = [];
    await startWorker(pino({ level: "warn" }, { write: (line) => void lines.push(line) }));
    await vi.waitFor(() => expect(lines.join("")).toContain("it is taken up again"), { timeout: 10_000 });
    await asOwner("alter table graphile_worker.away rename to _private_tasks");
    const organization = await createOrganization(db, { urls: [URL] });
    expect(await runOnce(organization)).toMatchObject({ status: "succeeded" });
  });

  it("can be stopped while the database lets nobody in", { timeout: 60_000 }, async () => {
    await startWorker();
    // The queue still looks up its own names when it has started.
    expect(await runOnce(await createOrganization(db, { urls: [URL] }))).toMatchObject({ status: "succeeded" });
    const { database } = server.connection;
    await withClient({ ...server.ownerConnection, database: "postgres" }, async (client) => {
      await client.query(`alter database ${database} with allow_connections false`);
      await client.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [database]);
      await worker.stop();
      await client.query(`alter database ${database} with allow_connections true`);
    });
    expect(worker.activeRuns()).toBe(0);
  });
});

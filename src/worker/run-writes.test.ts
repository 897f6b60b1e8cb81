import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createDatabase, type Database } from "@/db/client";
import { type Lease, takeRun } from "@/db/run-lease";
import { listPendingSources, snapshotSources } from "@/db/run-sources";
import type { Tx } from "@/db/transaction";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization } from "@/testing/factories";
import { NO_READING } from "@/testing/scripted-collection";
import { silentLog } from "@/testing/silent-log";
import { somebodyWaits } from "@/testing/somebody-waits";
import { until } from "@/testing/until";
import { createRunWrites } from "./run-writes";

let server: TestDatabase;
let db: Database;

beforeAll(async () => {
  server = await createTestDatabase();
  db = createDatabase(server.connection, { poolSize: 4, log: silentLog });
});

afterAll(async () => {
  await db.close();
  await server.drop();
});

/** A run of two sources that is held, with what it writes; the source with the lower id first. */
async function holdRun() {
  const { orgId, presetId } = await createOrganization(db, { urls: ["https://a.example/", "https://b.example/"] });
  const { id: runId } = await db.system.run.create({ data: { orgId, number: 1, trigger: "person", status: "queued", limitMs: 60_000, presetId } });
  const lease: Lease = { orgId, runId, token: randomUUID() };
  const pending = await db.withSystem(async (tx) => {
    await takeRun(tx, runId, { workerId: randomUUID(), token: lease.token });
    await snapshotSources(tx, lease, presetId);
    return listPendingSources(tx, lease);
  });
  const [first, second] = pending.toSorted((one, other) => (one.sourceId < other.sourceId ? -1 : 1));
  if (!first || !second) throw new Error("The run lacks a source.");
  const warnings: object[] = [];
  const log = Object.assign(Object.create(silentLog), { warn: (details: object) => warnings.push(details) });
  return { first, second, warnings, writes: createRunWrites({ db, log }, lease), runId };
}

const lock = (tx: Tx, sourceId: string) => tx.$executeRaw`select 1 from source where id = ${sourceId}::uuid for update`;

it("several sources are stored together while somebody edits both, and neither waits for the other for ever", async () => {
  const { first, second, warnings, writes, runId } = await holdRun();
  const outcome = { httpStatus: 200, wireBytes: 1, reading: NO_READING, message: null, isWhole: true };
  const stored = await db.withSystem(async (edit) => {
    await lock(edit, first.sourceId);
    const storing = Promise.all([
      writes.store({ ...outcome, source: second, status: "succeeded", items: [{ key: "one", fields: {}, contentHash: "a" }] }),
      writes.store({ ...outcome, source: first, status: "not_modified", items: [] }),
    ]);
    await until(db, () => somebodyWaits(db), Boolean);
    await lock(edit, second.sourceId);
    return { storing };
  });
  await stored.storing;
  expect(warnings).toEqual([]);
  const rows = await db.system.runSource.findMany({ where: { runId }, select: { status: true } });
  expect(rows.map(({ status }) => status).sort()).toEqual(["not_modified", "succeeded"]);
});

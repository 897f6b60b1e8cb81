import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createEmptyDatabase, type TestDatabase } from "@/testing/database";
import { migratePartly } from "@/testing/migrate-partly";
import { withClient } from "./connect";

const MIGRATION = "20261127000310_new_counts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createEmptyDatabase();
});

afterAll(() => database.drop());

it("runs that ended before they counted their new items have them, and nothing else of the ledger is touched", async () => {
  const [orgId, ended, going, skipped] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await withClient(database.ownerConnection, async (client) => {
    await migratePartly(client, (name) => name < MIGRATION);
    await client.query("insert into organization (id, name, slug) values ($1, 'Engines', 'engines')", [orgId]);
    const run = "insert into run (id, org_id, number, trigger, status, finished_at, limit_ms) values ($1, $2, $3, 'person', $4, $5, 1)";
    await client.query(run, [ended, orgId, 1, "succeeded", new Date()]);
    await client.query(run, [going, orgId, 2, "queued", null]);
    await client.query(run, [skipped, orgId, 3, "skipped", new Date()]);
    for (const [runId, newCount] of [[ended, 3] as const, [ended, 4] as const, [going, 5] as const]) {
      const source =
        "insert into run_source (id, org_id, run_id, source_id, position, name, kind, url, new_count) values ($1, $2, $3, $4, 0, 'Feed', 'feed', '', $5)";
      await client.query(source, [randomUUID(), orgId, runId, randomUUID(), newCount]);
    }
    await migratePartly(client, (name) => name <= MIGRATION);
    const { rows } = await client.query("select number, new_count from run order by number");
    expect(rows.map(({ number, new_count }) => [number, new_count])).toEqual([
      [1, 7],
      [2, 0],
      [3, 0],
    ]);
  });
});

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createEmptyDatabase, type TestDatabase } from "@/testing/database";
import { migratePartly } from "@/testing/migrate-partly";
import { withClient } from "./connect";

const MIGRATION = "20261126233000_audit_and_keys";

let database: TestDatabase;

beforeAll(async () => {
  database = await createEmptyDatabase();
});

afterAll(async () => {
  await database.drop();
});

it("what was there before the audit was closed names presets, and a schedule's history begins with what it is", async () => {
  const [orgId, presetId, scheduleId] = [randomUUID(), randomUUID(), randomUUID()];
  await withClient(database.ownerConnection, async (client) => {
    await migratePartly(client, (name) => name < MIGRATION);
    const change = (from: string | null, to: string | null) => JSON.stringify({ presetId: { from, to }, enabled: { from: false, to: true } });
    await client.query("insert into organization (id, name, slug) values ($1, 'Engines', 'engines')", [orgId]);
    await client.query("insert into preset (id, org_id, name) values ($1, $2, 'Morning')", [presetId, orgId]);
    await client.query(
      "insert into schedule (id, org_id, cron_expression, time_zone, preset_id, version, spread_ms) values ($1, $2, '0 9 * * *', 'UTC', $3, 7, 60000)",
      [scheduleId, orgId, presetId],
    );
    for (const changes of [change(null, presetId), change(presetId, randomUUID()), null]) {
      const entry = "insert into audit_entry (org_id, actor_name, action, summary, changes) values ($1, 'Ada', 'schedule.update', 'Changed', $2)";
      await client.query(entry, [orgId, changes]);
    }
    await migratePartly(client, (name) => name <= MIGRATION);
    const { rows: entries } = await client.query("select changes from audit_entry order by id");
    const enabled = { from: false, to: true };
    expect(entries.map(({ changes }) => changes)).toEqual([
      { preset: { from: null, to: "Morning" }, enabled },
      { preset: { from: "Morning", to: "a preset that is deleted" }, enabled },
      null,
    ]);
    const { rows: versions } = await client.query("select org_id, schedule_id, version, preset_name, spread_ms from schedule_version");
    expect(versions).toEqual([{ org_id: orgId, schedule_id: scheduleId, version: 7, preset_name: "Morning", spread_ms: 60_000 }]);
  });
});

import { randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createEmptyDatabase, type TestDatabase } from "@/testing/database";
import { withClient } from "./connect";
import { applyMigrations } from "./migrate";

const MIGRATION = "20261126233000_audit_and_keys";

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await createEmptyDatabase();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun-migrations-"));
});

afterAll(async () => {
  fs.rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

/** Applies what was released before the migration, or up to and with it. */
async function migrate(client: pg.Client, isWanted: (name: string) => boolean) {
  const names = fs.readdirSync("prisma/migrations").filter((name) => fs.existsSync(`prisma/migrations/${name}/migration.sql`) && isWanted(name));
  for (const name of names) fs.cpSync(`prisma/migrations/${name}`, path.join(folder, name), { recursive: true });
  await applyMigrations(client, folder);
}

it("what was there before the audit was closed names presets, and a schedule's history begins with what it is", async () => {
  const [orgId, presetId, scheduleId] = [randomUUID(), randomUUID(), randomUUID()];
  await withClient(database.ownerConnection, async (client) => {
    await migrate(client, (name) => name < MIGRATION);
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
    await migrate(client, (name) => name === MIGRATION);
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

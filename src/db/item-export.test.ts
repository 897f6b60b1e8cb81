import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { createOrganization } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import type { Database } from "./client";
import { type ExportReading, exportBatches, readExportScope } from "./item-export";

let db: Database;

ownDatabase((own) => {
  ({ db } = own);
});

const range = (count: number, itemId: (nth: number) => number) => Array.from({ length: count }, (_, nth) => itemId(nth + 1));

/** An organization with so many items, each ten ids apart from the next. */
async function newExport(count: number) {
  const { orgId, sourceIds } = await createOrganization(db);
  const runId = randomUUID();
  const add = (ids: readonly number[]) => db.system.$executeRaw`
    insert into item (id, org_id, source_id, key, title, fields, content_hash, first_seen_at, first_seen_run_id, last_seen_at, last_seen_run_id, last_changed_at, last_changed_run_id)
    select id, ${orgId}::uuid, ${sourceIds[0]}::uuid, id::text, 'Milk', '{}', '', now(), ${runId}::uuid, now(), ${runId}::uuid, now(), ${runId}::uuid
    from unnest(${[...ids]}::bigint[]) as id`;
  const [{ first }] = await db.system.$queryRaw<[{ first: number }]>`select coalesce(max(id), 0)::int as first from item`;
  const itemId = (nth: number) => first + nth * 10;
  await add(range(count, itemId));
  const begin: ExportReading["begin"] = (work) => db.withTenant(orgId, work);
  const { upToId } = await begin((tx) => readExportScope(tx, orgId, {}));
  return { add, itemId, reading: { readLines: db.readLines, orgId, upToId, zone: "UTC", pick: null, begin } };
}

async function readIds(reading: ExportReading): Promise<number[]> {
  const ids: number[] = [];
  for await (const lines of exportBatches(reading)) ids.push(...lines.map((line) => Number(JSON.parse(line).id)));
  return ids;
}

it.each([undefined, "milk"])("leaves none out when items with smaller ids are committed while it is read (searching for %s)", async (text) => {
  const { add, itemId, reading } = await newExport(510);
  const late = range(2_500, (nth) => itemId(0) + nth + Math.floor((nth - 1) / 9));
  let reads = 0;
  const readLines: Database["readLines"] = async (scope, query) => {
    if (reads++ === 0) await add(late);
    return db.readLines(scope, query);
  };
  const ids = await readIds({ ...reading, readLines, conditions: { text } });
  expect(ids).toEqual([...range(510, itemId), ...late].sort((a, b) => a - b));
});

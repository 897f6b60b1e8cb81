import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { createLineReader } from "@/domain/json-line";
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

it("writes lines that the reader of exports reads as JSON.parse does, whatever an item holds", async () => {
  const { itemId, reading } = await newExport(3);
  // As PostgreSQL has them: numbers with digits that no double holds, every character that JSON escapes, and those that it does not.
  const control = Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code + 1)).join("");
  const numbers = "[0, -0, 1.10, -12345678901234567890.5, 1e400, 1e-400, 9007199254740993]";
  const texts = JSON.stringify(["", " ", '"', "\\", '\\"', "\\\\", '{"a": [1, 2]}', control, "\u007f\u2028\u{1f95b}"]);
  const values = `{"": null, "a b": true, "7": false, "__proto__": ${numbers}, "\\"quoted\\\\": ${texts}, "none": {}, "empty": [], "deep": [[{"a": [[]]}]]}`;
  const held = [values, `{"number": 1.50, "large": -1e400, "small": 1e-7, "text": ${JSON.stringify(control)}, "nested": ${values}}`, "{}"];
  await Promise.all(
    held.map(
      (fields, nth) => db.system.$executeRaw`
        update item set fields = ${fields}::jsonb, title = ${nth === 2 ? null : `"${control}\\`}, published_at = '2026-11-24T07:00:00.120+01' where id = ${itemId(nth + 1)}`,
    ),
  );
  const lines: string[] = [];
  for await (const batch of exportBatches({ ...reading, zone: "Asia/Kathmandu", conditions: {} })) lines.push(...batch);
  const read = createLineReader();
  expect(lines.map((line) => JSON.stringify(read(line)))).toEqual(lines.map((line) => JSON.stringify(JSON.parse(line))));
  expect(lines.map((line) => Object.keys(JSON.parse(line).fields).length)).toEqual([8, 5, 0]);
});

it.each(["UTC", "Europe/Berlin", "America/New_York", "Africa/Monrovia"])(
  "writes instants of every time so that programs read them, on the clocks of %s",
  async (zone) => {
    const { itemId, reading } = await newExport(5);
    const instants = [
      "0002-01-01T00:00:00.000Z",
      "1850-06-01T12:00:00.500Z",
      "1971-06-01T12:00:00.000Z",
      "2026-11-24T07:00:00.000Z",
      "9999-12-31T23:59:59.000Z",
    ];
    await Promise.all(instants.map((at, nth) => db.system.$executeRaw`update item set published_at = ${at}::text::timestamptz where id = ${itemId(nth + 1)}`));
    const lines: string[] = [];
    for await (const batch of exportBatches({ ...reading, zone, conditions: {} })) lines.push(...batch);
    const written = lines.map((line) => String(JSON.parse(line).publishedAt));
    expect(written.map((text) => new Date(text).toISOString())).toEqual(instants);
    for (const text of written) expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$/);
  },
);

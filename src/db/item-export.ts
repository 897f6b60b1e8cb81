import type { ItemConditions } from "@/domain/item";
import { Prisma } from "@/generated/prisma/client";
import { ITEM_STATE, matchingItems } from "./item-filter";
import type { Tx } from "./transaction";

/** A source's items are alike: so many of them show which fields there are. */
const SAMPLE_PER_SOURCE = 50;
const MOST_FIELD_NAMES = 200;

/** What is exported: everything up to an item, so that the end does not move away while new ones come in. */
export interface ExportScope {
  upToId: string;
  /** Names of the items' fields, in alphabetical order: from a sample of each source, at most 200. */
  fieldNames: string[];
}

/** Where an export ends and what its items hold. Fast however many items there are. */
export async function readExportScope(tx: Tx, orgId: string, { sourceId }: ItemConditions): Promise<ExportScope> {
  const ofSource = sourceId ? Prisma.sql`and s.id = ${sourceId}::uuid` : Prisma.empty;
  const [row] = await tx.$queryRaw<[ExportScope]>`
    select (select coalesce(max(id), 0)::text from item where org_id = ${orgId}::uuid) as "upToId",
      array(
        select distinct field.name collate "C" from source s
        cross join lateral (select fields from item where org_id = s.org_id and source_id = s.id limit ${SAMPLE_PER_SOURCE}) as sample
        cross join lateral jsonb_object_keys(sample.fields) as field (name)
        where s.org_id = ${orgId}::uuid ${ofSource}
        order by 1 limit ${MOST_FIELD_NAMES}) as "fieldNames"`;
  return row;
}

/** How many items match, counted to the last, and which fields they have. */
export async function countExported(tx: Tx, orgId: string, conditions: ItemConditions): Promise<{ total: number; fieldNames: string[] }> {
  const matching = await matchingItems(tx, orgId, conditions);
  const [{ total }] = await tx.$queryRaw<[{ total: number }]>`select count(*)::int as total from item i where ${matching}`;
  return { total, fieldNames: (await readExportScope(tx, orgId, conditions)).fieldNames };
}

/** So many items are looked at in one statement, and fewer where their fields are large: memory and the time that a statement takes have bounds. */
const LOOKED_AT = 2_000;
const LOOKED_AT_BYTES = 8_000_000;

/** Some items of an export, by id. */
export interface ExportBatch {
  /** Those that match, each in JSON on a line of its own as `ExportedItem` says; "" for none. */
  lines: string;
  items: number;
  /** Where the next batch goes on; null when everything was looked at. */
  lastId: string | null;
}

interface BatchRange {
  /** "0" at first. */
  afterId: string;
  upToId: string;
  /** The zone that instants are written in. */
  zone: string;
}

/**
 * What matches among the next items after the one with `afterId`. The database writes them as text: read column by column, or put together
 * from objects here, they would take several times as long.
 */
export async function readExportBatch(tx: Tx, orgId: string, conditions: ItemConditions, { afterId, upToId, zone }: BatchRange): Promise<ExportBatch> {
  const matching = await matchingItems(tx, orgId, conditions);
  // JSON has instants in the session's zone, with their offset; formatting each by hand takes a third more.
  await tx.$executeRaw`select set_config('TimeZone', ${zone}, true)`;
  const [row] = await tx.$queryRaw<[{ lines: string | null; items: number; lastId: string | null }]>`
    with looked as (
      select i.*, sum(pg_column_size(i.fields)) over (order by i.id) - pg_column_size(i.fields) as "bytesBefore"
      from item i where i.org_id = ${orgId}::uuid and i.id > ${afterId}::bigint and i.id <= ${upToId}::bigint
      order by i.id limit ${LOOKED_AT}
    ), i as (
      select * from looked where "bytesBefore" < ${LOOKED_AT_BYTES}
    ), batch as (
      select i.id, row_to_json(exported)::text as line
      from i join source s on s.org_id = i.org_id and s.id = i.source_id cross join lateral (
        select i.id::text as id, i.source_id as "sourceId", s.name as "sourceName", i.key, i.title, i.url, i.published_at as "publishedAt",
          ${ITEM_STATE} as state, i.times_seen as "timesSeen",
          i.first_seen_at as "firstSeenAt", i.last_seen_at as "lastSeenAt", i.last_changed_at as "lastChangedAt", i.fields) as exported
      where ${matching}
    )
    select (select max(id)::text from i) as "lastId", string_agg(line, E'\n' order by id) as lines, count(*)::int as items from batch`;
  return { ...row, lines: row.lines ?? "" };
}

/** Everything of an export, batch by batch; `read` is called once for each, in a transaction of its own. */
export async function* exportBatches(read: (afterId: string) => Promise<ExportBatch>): AsyncGenerator<ExportBatch, void> {
  for (let afterId: string | null = "0"; afterId !== null; ) {
    const batch: ExportBatch = await read(afterId);
    yield batch;
    afterId = batch.lastId;
  }
}

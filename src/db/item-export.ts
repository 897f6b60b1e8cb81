import type { ItemConditions } from "@/domain/item";
import type { ExportedItem } from "@/domain/item-export";
import { Prisma } from "@/generated/prisma/client";
import { matchingItems } from "./item-filter";
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

/** So many items are looked at in one statement, and fewer where their fields are large: memory and the time that a statement takes have bounds. */
const LOOKED_AT = 2_000;
const LOOKED_AT_BYTES = 8_000_000;

/** Some items of an export, by id. */
export interface ExportBatch {
  /** Those that match; perhaps none. */
  items: ExportedItem[];
  /** Where the next batch goes on; null when everything was looked at. */
  lastId: string | null;
}

/**
 * What matches among the next items after the one with `afterId` ("0" at first). They come as one JSON text from the database: read
 * column by column they would take several times as long.
 */
export async function readExportBatch(
  tx: Tx,
  orgId: string,
  match: ItemConditions,
  { afterId, upToId }: { afterId: string; upToId: string },
): Promise<ExportBatch> {
  const matching = await matchingItems(tx, orgId, match);
  const [row] = await tx.$queryRaw<[{ items: string | null; lastId: string | null }]>`
    with looked as (
      select i.*, sum(pg_column_size(i.fields)) over (order by i.id) - pg_column_size(i.fields) as "bytesBefore"
      from item i where i.org_id = ${orgId}::uuid and i.id > ${afterId}::bigint and i.id <= ${upToId}::bigint
      order by i.id limit ${LOOKED_AT}
    ), i as (
      select * from looked where "bytesBefore" < ${LOOKED_AT_BYTES}
    ), batch as (
      select i.id::text, i.source_id as "sourceId", s.name as "sourceName", i.key, i.title, i.url, ${iso("published_at")} as "publishedAt",
        case when i.last_changed_run_id <> i.first_seen_run_id then 'changed' else 'new' end as state, i.times_seen as "timesSeen",
        ${iso("first_seen_at")} as "firstSeenAt", ${iso("last_seen_at")} as "lastSeenAt", ${iso("last_changed_at")} as "lastChangedAt", i.fields
      from i join source s on s.org_id = i.org_id and s.id = i.source_id
      where ${matching}
    )
    select (select max(id)::text from i) as "lastId", (select json_agg(batch order by batch.id::bigint)::text from batch) as items`;
  return { items: row.items === null ? [] : (JSON.parse(row.items) as ExportedItem[]), lastId: row.lastId };
}

function iso(column: "published_at" | "first_seen_at" | "last_seen_at" | "last_changed_at"): Prisma.Sql {
  return Prisma.raw(`to_char(i.${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
}

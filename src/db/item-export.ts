import type { ItemPick } from "@/domain/export-table";
import type { ItemConditions } from "@/domain/item";
import { Prisma } from "@/generated/prisma/client";
import type { Database } from "./client";
import { membersOf } from "./exported-members";
import { COUNT_UP_TO } from "./item-count";
import { findSourceIds, matchingByIndex, matchingItems } from "./item-filter";
import { itemsHolding } from "./item-search";
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
export async function readExportScope(tx: Tx, orgId: string, conditions: ItemConditions): Promise<ExportScope> {
  const [row] = await tx.$queryRaw<[ExportScope]>`
    select (select coalesce(max(id), 0)::text from item where org_id = ${orgId}::uuid) as "upToId",
      array(
        select distinct field.name collate "C" from source s
        cross join lateral (select fields from item where org_id = s.org_id and source_id = s.id limit ${SAMPLE_PER_SOURCE}) as sample
        cross join lateral jsonb_object_keys(sample.fields) as field (name)
        where s.org_id = ${orgId}::uuid ${await ofSources(tx, orgId, conditions)}
        order by 1 limit ${MOST_FIELD_NAMES}) as "fieldNames"`;
  return row;
}

/** Sources that nothing is exported of have no columns. Which ones a run had is not known any more once it is deleted. */
async function ofSources(tx: Tx, orgId: string, { sourceId, runId, ...conditions }: ItemConditions): Promise<Prisma.Sql> {
  const ids = await findSourceIds(tx, orgId, conditions);
  const wanted = [
    ...(sourceId ? [Prisma.sql`and s.id = ${sourceId}::uuid`] : []),
    ...(ids ? [Prisma.sql`and s.id = any(${ids}::uuid[])`] : []),
    ...(runId
      ? [
          Prisma.sql`and (s.id in (select r.source_id from run_source r where r.org_id = s.org_id and r.run_id = ${runId}::uuid)
            or not exists (select from run where org_id = ${orgId}::uuid and id = ${runId}::uuid))`,
        ]
      : []),
  ];
  return wanted.length > 0 ? Prisma.join(wanted, " ") : Prisma.empty;
}

/** How many items match, counted to the last, and which fields they have. */
export async function countExported(tx: Tx, orgId: string, conditions: ItemConditions): Promise<{ total: number; fieldNames: string[] }> {
  const matching = await matchingByIndex(tx, orgId, conditions, COUNT_UP_TO);
  const counting = matching ? Prisma.sql`select count(*)::int as total from item i where ${matching}` : await countingHolding(tx, orgId, conditions);
  const [{ total }] = await tx.$queryRaw<[{ total: number }]>`${counting}`;
  return { total, fieldNames: (await readExportScope(tx, orgId, conditions)).fieldNames };
}

/** Asked of so many at once, in the order of their ids: words that came together are stored together. */
async function countingHolding(tx: Tx, orgId: string, { text = "", ...others }: ItemConditions): Promise<Prisma.Sql> {
  return Prisma.sql`
    select coalesce(sum(cardinality(${itemsHolding(orgId, text, Prisma.sql`part.ids`, READ_AT_ONCE)})), 0)::int as total from (
      select array_agg(id) as ids from (
        select i.id, row_number() over (order by i.id) / ${READ_AT_ONCE} as nth from item i where ${await matchingItems(tx, orgId, others)}) numbered group by nth) part`;
}

/**
 * So many items are read at a time, and so many between two looks at whether they may (still) be read. Fewer where their fields are large:
 * memory and the time that a statement takes have bounds. Of twice as many at a time, V8 took some that wait to be written for ones that
 * live long, and kept them until it went through all of its memory.
 */
const READ_AT_ONCE = 500;
const LOOKED_AT = 2_000;
const LOOKED_AT_BYTES = 8_000_000;
/** For what ends by itself: more than any range of items holds. */
const NO_END = 2 ** 31 - 1;

/** What is read of an export, and how. */
export interface ExportReading {
  readLines: Database["readLines"];
  orgId: string;
  conditions: ItemConditions;
  upToId: string;
  /** The zone that instants are written in. */
  zone: string;
  /** Which members of an item; null: all of them. */
  pick: ItemPick | null;
  /** Opens the transaction that a batch begins with, and sees to it there that it may (still) be read. */
  begin<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/**
 * Everything of an export, batch by batch, each item in JSON as `ExportedItem` says. The database writes them as text: read column by column,
 * or put together from objects here, they would take several times as long.
 */
export async function* exportBatches({ readLines, orgId, conditions, upToId, zone, pick, begin }: ExportReading): AsyncGenerator<string[], void> {
  const { text, ...others } = conditions;
  for (let afterId = "0"; ; ) {
    const { ends, matching } = await begin(async (tx) => ({
      ends: await endsOfBatches(tx, orgId, { afterId, upToId }),
      matching: await matchingItems(tx, orgId, others),
    }));
    if (ends.length === 0) return;
    for (const end of ends) {
      // JSON has instants in the session's zone, with their offset; formatting each by hand takes a third more.
      yield await readLines({ orgId, timeZone: zone }, linesOf(orgId, { afterId, upToId: end }, pick, { text, matching }));
      afterId = end;
    }
  }
}

/** Items after one and up to another. */
interface IdRange {
  /** "0" at first. */
  afterId: string;
  upToId: string;
}

/** The last item of each of the next batches; none when everything was looked at. */
async function endsOfBatches(tx: Tx, orgId: string, { afterId, upToId }: IdRange): Promise<string[]> {
  const [{ whole, last }] = await tx.$queryRaw<[{ whole: string[] | null; last: string | null }]>`
    select array_agg(id::text order by id) filter (where nth % ${READ_AT_ONCE} = 0) as whole, max(id)::text as last from (
      select id, row_number() over ids as nth, sum(pg_column_size(fields)) over ids - pg_column_size(fields) as "bytesBefore"
      from item where org_id = ${orgId}::uuid and id > ${afterId}::bigint and id <= ${upToId}::bigint
      window ids as (order by id rows unbounded preceding) order by id limit ${LOOKED_AT}
    ) as looked where "bytesBefore" < ${LOOKED_AT_BYTES}`;
  return last === null ? [] : [...new Set([...(whole ?? []), last])];
}

/**
 * The range stands in a query of its own (by its offset), so that the other conditions never make the database look further. It may hold more
 * than when its end was chosen: an id is given out before its item is committed.
 */
function linesOf(
  orgId: string,
  { afterId, upToId }: IdRange,
  pick: ItemPick | null,
  { text, matching }: { text: string | undefined; matching: Prisma.Sql },
): Prisma.Sql {
  const wanted = Prisma.sql`
    from (
      select * from item where org_id = ${orgId}::uuid and id > ${afterId}::bigint and id <= ${upToId}::bigint order by id offset 0
    ) as i where ${matching}`;
  const holding = text
    ? Prisma.sql`and i.id = any((select ${itemsHolding(orgId, text, Prisma.sql`array(select i.id ${wanted})`, NO_END)})::bigint[])`
    : Prisma.empty;
  return Prisma.sql`
    select row_to_json(exported)::text as line
    from (select i.* ${wanted} ${holding}) as i join source s on s.org_id = i.org_id and s.id = i.source_id cross join lateral (select ${membersOf(pick)}) as exported
    order by i.id`;
}

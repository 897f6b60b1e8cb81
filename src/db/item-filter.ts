import type { Item, ItemConditions } from "@/domain/item";
import { resolveTimeZone } from "@/domain/time-zone";
import { Prisma } from "@/generated/prisma/client";
import { IS_FAILING } from "./attention";
import { dayBounds } from "./day-bounds";
import { findItemsWithText, holdsText } from "./item-search";
import type { Tx } from "./transaction";

/** The state of an item `i`. */
export const ITEM_STATE = Prisma.sql`case
  when i.gone_at is not null then 'gone' when i.last_changed_run_id <> i.first_seen_run_id then 'changed' else 'new' end`;

/** The same one by one, as the indexes of what is gone and of what has changed are made. */
const IN_STATE: Record<Item["state"], Prisma.Sql> = {
  new: Prisma.sql`i.gone_at is null and i.last_changed_run_id = i.first_seen_run_id`,
  changed: Prisma.sql`i.gone_at is null and i.last_changed_run_id <> i.first_seen_run_id`,
  gone: Prisma.sql`i.gone_at is not null`,
};

/**
 * The condition that an item `i` matches, for whatever is listed, counted, exported or told of. Names the organization, so that it holds in a
 * transaction that sees every organization, too.
 */
export async function matchingItems(tx: Tx, orgId: string, conditions: ItemConditions): Promise<Prisma.Sql> {
  const { sourceId, runId, state } = conditions;
  const conjuncts = [
    Prisma.sql`i.org_id = ${orgId}::uuid`,
    ...(sourceId ? [Prisma.sql`i.source_id = ${sourceId}::uuid`] : []),
    ...(await ofSources(tx, orgId, conditions)),
    ...(runId ? [Prisma.sql`(i.first_seen_run_id = ${runId}::uuid or i.last_changed_run_id = ${runId}::uuid)`] : []),
    ...(state ? [IN_STATE[state]] : []),
    ...(await onDays(tx, orgId, conditions)),
    ...holdsText(orgId, conditions.text),
  ];
  return Prisma.join(conjuncts, " and ");
}

/** Of that what the order of the list decides, too: an index in that order is read from there on, and not past what is newer. */
export async function matchingInOrder(tx: Tx, orgId: string, { sourceId, collectedFrom, collectedTo }: ItemConditions): Promise<Prisma.Sql> {
  return matchingItems(tx, orgId, { sourceId, collectedFrom, collectedTo });
}

/** The same through the index of words, where it says which items hold the text and they are no more than `most`; null where it does not. */
export async function matchingByIndex(tx: Tx, orgId: string, conditions: ItemConditions, most: number): Promise<Prisma.Sql | null> {
  const { text, ...others } = conditions;
  if (!text) return matchingItems(tx, orgId, others);
  const found = await findItemsWithText(tx, orgId, text, most);
  return Array.isArray(found) ? Prisma.sql`${await matchingItems(tx, orgId, others)} and i.id = any(${found}::bigint[])` : null;
}

/** By the ids of the sources, read before: the database then knows how many items they have, and which index is the narrowest. */
async function ofSources(tx: Tx, orgId: string, conditions: ItemConditions): Promise<Prisma.Sql[]> {
  const ids = await findSourceIds(tx, orgId, conditions);
  return ids ? [Prisma.sql`i.source_id = any(${ids}::uuid[])`] : [];
}

/** The sources that are named by a preset or by their health; null where they are by neither. */
export async function findSourceIds(tx: Tx, orgId: string, { presetId, sourceHealth }: ItemConditions): Promise<string[] | null> {
  if (!presetId && !sourceHealth) return null;
  const wanted = [
    ...(presetId ? [Prisma.sql`s.id in (select p.source_id from preset_source p where p.org_id = s.org_id and p.preset_id = ${presetId}::uuid)`] : []),
    ...(sourceHealth ? [Prisma.sql`${IS_FAILING} = ${sourceHealth === "failing"}`] : []),
  ];
  const rows = await tx.$queryRaw<{ id: string }[]>`select s.id from source s where s.org_id = ${orgId}::uuid and ${Prisma.join(wanted, " and ")}`;
  return rows.map(({ id }) => id);
}

async function onDays(tx: Tx, orgId: string, { collectedFrom, collectedTo, publishedFrom, publishedTo }: ItemConditions): Promise<Prisma.Sql[]> {
  if (!(collectedFrom || collectedTo || publishedFrom || publishedTo)) return [];
  const timeZone = await getItemZone(tx, orgId);
  const collected = dayBounds({ from: collectedFrom, to: collectedTo }, timeZone);
  const published = dayBounds({ from: publishedFrom, to: publishedTo }, timeZone);
  return [...within(Prisma.sql`i.last_changed_at`, collected), ...within(Prisma.sql`i.published_at`, published)];
}

function within(column: Prisma.Sql, { gte, lt }: { gte?: Date; lt?: Date }): Prisma.Sql[] {
  return [...(gte ? [Prisma.sql`${column} >= ${gte}::timestamptz`] : []), ...(lt ? [Prisma.sql`${column} < ${lt}::timestamptz`] : [])];
}

/** The zone whose days a filter means: the organization's, or UTC should an update of the time zone data have taken it away. */
async function getItemZone(tx: Tx, orgId: string): Promise<string> {
  const rows = await tx.$queryRaw<{ timeZone: string }[]>`select time_zone as "timeZone" from organization where id = ${orgId}::uuid`;
  return rows.map(({ timeZone }) => timeZone).find((timeZone) => resolveTimeZone(timeZone).ok) ?? "UTC";
}

import type { ItemPick } from "@/domain/export-table";
import type { ExportedItem } from "@/domain/item-export";
import { Prisma } from "@/generated/prisma/client";
import { ITEM_STATE } from "./item-filter";

/**
 * When its source says it was published. Clocks of old go by seconds (Berlin's were +00:53:28 until 1893, Monrovia's -00:44:30 until 1972) and at the
 * end of the year 9999 some are a year ahead; ISO 8601 has no such offsets and no such years, and programs could not read them: the former
 * are written with whole minutes, the latter in UTC. The instant is the same.
 */
const PUBLISHED_AT = Prisma.sql`case
  when i.published_at < '1972-01-08Z' then to_json(
    (to_json(i.published_at::timestamp - mod(extract(timezone from i.published_at), 60) * interval '1 second') #>> '{}') || to_char(i.published_at, 'TZH:TZM'))
  when i.published_at >= '9999-12-31Z' then to_json((to_json(i.published_at at time zone 'UTC') #>> '{}') || '+00:00')
  else to_json(i.published_at) end`;

const MEMBERS: Record<Exclude<keyof ExportedItem, "fields">, Prisma.Sql> = {
  id: Prisma.sql`i.id::text as id`,
  sourceId: Prisma.sql`i.source_id as "sourceId"`,
  sourceName: Prisma.sql`s.name as "sourceName"`,
  key: Prisma.sql`i.key`,
  title: Prisma.sql`i.title`,
  url: Prisma.sql`i.url`,
  publishedAt: Prisma.sql`${PUBLISHED_AT} as "publishedAt"`,
  state: Prisma.sql`${ITEM_STATE} as state`,
  timesSeen: Prisma.sql`i.times_seen as "timesSeen"`,
  firstSeenAt: Prisma.sql`i.first_seen_at as "firstSeenAt"`,
  lastSeenAt: Prisma.sql`i.last_seen_at as "lastSeenAt"`,
  lastChangedAt: Prisma.sql`i.last_changed_at as "lastChangedAt"`,
};

/** What stands of an item `i` of a source `s` in a line of an export, as `ExportedItem` says. */
export function membersOf(pick: ItemPick | null): Prisma.Sql {
  const members = Object.entries(MEMBERS).flatMap(([name, member]) => (pick === null || pick.members.has(name) ? [member] : []));
  const fields = pick === null ? Prisma.sql`i.fields` : pickedFields(pick);
  return Prisma.join([...members, ...(fields ? [Prisma.sql`${fields} as fields`] : [])]);
}

function pickedFields({ fields, fieldsLeftOut }: ItemPick): Prisma.Sql | null {
  if (fieldsLeftOut) return Prisma.sql`i.fields - ${fieldsLeftOut}::text[]`;
  if (fields.length === 0) return null;
  return Prisma.sql`(
    select coalesce(jsonb_object_agg(field.name, field.value), '{}') from jsonb_each(i.fields) as field (name, value) where field.name = any(${fields}::text[]))`;
}

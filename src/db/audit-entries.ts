import type { AuditActor, AuditEntry, AuditFilter } from "@/domain/audit";
import { Prisma } from "@/generated/prisma/client";
import { dayBounds } from "./day-bounds";
import { decodeCursor, encodeCursor, holdsWords } from "./keyset";
import type { Tx } from "./transaction";

/**
 * A page of the audit, newest first. The days of the filter are those of `timeZone`.
 * @throws AppError `validation` at `cursor` when the cursor is not one that this function gave out.
 */
export async function listAuditEntries(
  tx: Tx,
  orgId: string,
  filter: AuditFilter,
  timeZone: string,
): Promise<{ entries: AuditEntry[]; nextCursor: string | null }> {
  const conditions = matchingEntries(orgId, filter, timeZone);
  if (filter.cursor) conditions.push(Prisma.sql`(a.at, a.id) < (${decodeCursor(filter.cursor)})`);
  const rows = await tx.$queryRaw<AuditEntry[]>`
    select a.id::text, a.at, a.actor_id as "actorId", a.actor_name as "actorName", a.api_key_prefix as "apiKeyPrefix", a.address,
      a.action, a.subject_id as "subjectId", a.summary, a.changes
    from audit_entry a where ${Prisma.join(conditions, " and ")}
    order by a.at desc, a.id desc limit ${filter.limit + 1}`;
  const entries = rows.slice(0, filter.limit);
  const last = rows.length > filter.limit ? entries.at(-1) : undefined;
  return { entries, nextCursor: last ? encodeCursor(last.at, last.id) : null };
}

function matchingEntries(orgId: string, filter: AuditFilter, timeZone: string): Prisma.Sql[] {
  const { actorId, group, subjectId, text } = filter;
  const { gte, lt } = dayBounds(filter, timeZone);
  return [
    Prisma.sql`a.org_id = ${orgId}::uuid`,
    ...(actorId ? [Prisma.sql`a.actor_id = ${actorId}::uuid`] : []),
    ...(group ? [Prisma.sql`a.action like ${`${group}.%`}`] : []),
    ...(subjectId ? [Prisma.sql`a.subject_id = ${subjectId}`] : []),
    ...(gte ? [Prisma.sql`a.at >= ${gte}::timestamptz`] : []),
    ...(lt ? [Prisma.sql`a.at < ${lt}::timestamptz`] : []),
    ...holdsWords(Prisma.sql`a.summary`, text),
  ];
}

/** Everybody whom the organization's audit names, by the name that they had last. The index is hopped through from one to the next. */
export function listAuditActors(tx: Tx, orgId: string): Promise<AuditActor[]> {
  return tx.$queryRaw`
    with recursive actor (id) as (
      (select e.actor_id from audit_entry e where e.org_id = ${orgId}::uuid and e.actor_id is not null order by e.actor_id limit 1)
      union all
      select (select e.actor_id from audit_entry e where e.org_id = ${orgId}::uuid and e.actor_id > actor.id order by e.actor_id limit 1)
      from actor where actor.id is not null)
    select actor.id, last.actor_name as name, last.api_key_prefix as "apiKeyPrefix"
    from actor cross join lateral (
      select e.actor_name, e.api_key_prefix from audit_entry e where e.org_id = ${orgId}::uuid and e.actor_id = actor.id
      order by e.at desc, e.id desc limit 1) as last
    order by lower(last.actor_name), actor.id`;
}

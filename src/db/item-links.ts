import { AppError } from "@/domain/errors";
import { INVALID_LINK, type ItemLink, type LinkSubject, linkSubjectSchema } from "@/domain/item-link";
import { may, parseRole } from "@/domain/roles";
import { Prisma, type PrismaClient, type ItemLink as Row } from "@/generated/prisma/client";
import { findActorNames } from "./actor-names";
import type { Tx } from "./transaction";

/** A link for every reader of feeds that there is, and an end to those that a program would make. */
const MOST_USABLE = 200;
/** Links that ended fall off the end of the list. */
const MOST_LISTED = 200;

const USABLE = Prisma.sql`l.revoked_at is null and (l.expires_at is null or l.expires_at > clock_timestamp())`;

/** A link as it is stored. */
export type StoredLink = Pick<Row, "id" | "orgId" | "subject" | "keyId" | "createdById" | "expiresAt">;

interface LinkToMake {
  subject: LinkSubject;
  /** Null: until it is revoked. */
  expiresInDays: number | null;
  /** It ends then at the latest; null: whenever the days say. */
  endsAt: Date | null;
  keyId: string;
  createdById: string;
}

/** @throws AppError `validation` when the organization has 200 links that work. */
export async function createLink(tx: Tx, orgId: string, { subject, expiresInDays, endsAt, keyId, createdById }: LinkToMake): Promise<StoredLink> {
  const [{ count }] = await tx.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from item_link l where l.org_id = ${orgId}::uuid and ${USABLE}`;
  if (count >= MOST_USABLE)
    throw new AppError("validation", `There are ${count} links already, so no other one was made. Revoke those that nobody uses any more.`);
  const [row] = await tx.$queryRaw<[StoredLink]>`
    insert into item_link (id, org_id, subject, key_id, created_by_id, created_at, expires_at)
    select gen_random_uuid(), ${orgId}::uuid, ${JSON.stringify(subject)}, ${keyId}, ${createdById}::uuid, now,
      least(now + ${expiresInDays}::int * interval '1 day', ${endsAt}::timestamptz)
    from clock_timestamp() as now
    returning id::text, org_id::text as "orgId", subject, key_id as "keyId", created_by_id::text as "createdById", expires_at as "expiresAt"`;
  return row;
}

/** The organization's links, the newest first: whoever may read its items may know who can read them besides. */
export async function listLinks(tx: Tx, orgId: string): Promise<ItemLink[]> {
  const rows = await tx.itemLink.findMany({ where: { orgId }, orderBy: [{ createdAt: "desc" }, { id: "desc" }], take: MOST_LISTED });
  const nameOf = await findActorNames(
    tx,
    rows.map(({ createdById }) => createdById),
  );
  return rows.map((row) => toLink(row, nameOf));
}

/** @throws AppError `not_found` when the organization has no such link. */
export async function getLink(tx: Tx, orgId: string, id: string): Promise<ItemLink> {
  const row = await tx.itemLink.findFirst({ where: { orgId, id } });
  if (!row) throw new AppError("not_found", "There is no such link. Reload the page to see the ones there are.");
  return toLink(row, await findActorNames(tx, [row.createdById]));
}

/** Ends the link for good: it is refused from now on. False when it was revoked before. */
export async function revokeLink(tx: Tx, orgId: string, id: string): Promise<boolean> {
  const count = await tx.$executeRaw`
    update item_link set revoked_at = clock_timestamp() where org_id = ${orgId}::uuid and id = ${id}::uuid and revoked_at is null`;
  return count > 0;
}

/** A link that still works, as far as it knows itself; null when there is none. */
export async function recognizeLink(system: PrismaClient, id: string): Promise<StoredLink | null> {
  const [link] = await system.$queryRaw<StoredLink[]>`
    select id::text, org_id::text as "orgId", subject, key_id as "keyId", created_by_id::text as "createdById", expires_at as "expiresAt"
    from item_link l where l.id = ${id}::uuid and ${USABLE}`;
  return link ?? null;
}

/**
 * Looks again whether a link may be used, and notes its use once a minute at most.
 * @throws AppError `not_found` when the link ended, or when whoever made it may not read the organization's items any more.
 */
export async function checkLink(tx: Tx, { id, orgId }: Pick<StoredLink, "id" | "orgId">): Promise<void> {
  const [maker] = await tx.$queryRaw<{ role: string }[]>`
    with link as (
      select l.id, l.last_used_at, m.role from item_link l join member m on m.org_id = l.org_id and m.user_id = l.created_by_id
      where l.org_id = ${orgId}::uuid and l.id = ${id}::uuid and ${USABLE}),
    noted as (
      update item_link l set last_used_at = clock_timestamp() from link
      where l.id = link.id and (link.last_used_at is null or link.last_used_at < clock_timestamp() - interval '1 minute'))
    select role from link`;
  const role = maker && parseRole(maker.role);
  if (!role || !may(role, "item.read")) throw new AppError("not_found", INVALID_LINK);
}

function toLink({ id, subject, createdById, createdAt, expiresAt, revokedAt, lastUsedAt }: Row, nameOf: ReadonlyMap<string, string>): ItemLink {
  const createdByName = nameOf.get(createdById) ?? "A former member";
  return { id, subject: linkSubjectSchema.parse(JSON.parse(subject)), createdById, createdByName, createdAt, expiresAt, revokedAt, lastUsedAt };
}

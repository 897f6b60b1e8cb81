import { AppError } from "@/domain/errors";
import { type NoticeType, TEST_NOTICE } from "@/domain/notice";
import type { Delivery, DeliveryFilter, DeliverySummary } from "@/domain/notification-delivery";
import { webhookIdOf } from "@/domain/webhook-message";
import { Prisma } from "@/generated/prisma/client";
import { listRecipients } from "./delivery-recipients";
import type { Tx } from "./transaction";

/**
 * A page of the deliveries, newest first.
 * @throws AppError `validation` at `cursor` when the cursor is not one that this function gave out.
 */
export async function listDeliveries(tx: Tx, orgId: string, filter: DeliveryFilter): Promise<{ deliveries: DeliverySummary[]; nextCursor: string | null }> {
  const { channelId, status, type, cursor, limit } = filter;
  const conditions = [
    Prisma.sql`d.org_id = ${orgId}::uuid`,
    ...(channelId ? [Prisma.sql`d.channel_id = ${channelId}::uuid`] : []),
    ...(status ? [Prisma.sql`d.status = ${status}::delivery_status`] : []),
    ...(type ? [tellsOf(orgId, type)] : []),
    ...(cursor ? [Prisma.sql`d.number < ${readCursor(cursor)}`] : []),
  ];
  const rows = await tx.$queryRaw<SummaryRow[]>`${selectSummaries(conditions)} order by d.number desc limit ${limit + 1}`;
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { deliveries: shown.map(({ number: _, ...summary }) => summary), nextCursor: last ? String(last.number) : null };
}

/** One message, with what it says and every attempt. @throws AppError `not_found` */
export async function getDelivery(tx: Tx, orgId: string, id: string): Promise<Delivery> {
  const [row] = await tx.$queryRaw<SummaryRow[]>`${selectSummaries([Prisma.sql`d.org_id = ${orgId}::uuid`, Prisma.sql`d.id = ${id}::uuid`])}`;
  if (!row) throw new AppError("not_found", "There is no such message any more: they are kept for 30 days. Reload the page to see the ones there are.");
  const { number: _, ...summary } = row;
  const notices = await tx.notice.findMany({ where: { orgId, deliveries: { some: { deliveryId: id } } }, orderBy: [{ at: "asc" }, { id: "asc" }] });
  const attempts = await tx.deliveryAttempt.findMany({ where: { orgId, deliveryId: id }, orderBy: { number: "asc" } });
  const recipients = await listRecipients(tx, { orgId, deliveryId: id });
  return { ...summary, webhookId: webhookIdOf(id), notices, attempts, recipients };
}

/** A test tells of nothing but itself. */
function tellsOf(orgId: string, type: NoticeType): Prisma.Sql {
  if (type === TEST_NOTICE) return Prisma.sql`d.is_test`;
  return Prisma.sql`exists (
    select from delivery_notice dn join notice n on n.org_id = dn.org_id and n.id = dn.notice_id
    where dn.org_id = ${orgId}::uuid and dn.delivery_id = d.id and n.type = ${type})`;
}

type SummaryRow = DeliverySummary & { number: bigint };

function selectSummaries(conditions: Prisma.Sql[]): Prisma.Sql {
  return Prisma.sql`
    select d.id, d.number, d.status::text, d.is_test as "isTest", d.message, d.created_at as "createdAt", d.due_at as "dueAt", d.finished_at as "finishedAt",
      jsonb_build_object('id', c.id, 'name', c.name, 'kind', c.kind, 'enabled', c.enabled) as channel,
      coalesce(said.title, 'Test message') as title, coalesce(said.count, 0) as "noticeCount",
      coalesce(last.number, 0) as "attemptCount", last.http_status as "lastHttpStatus"
    from delivery d join notification_channel c on c.org_id = d.org_id and c.id = d.channel_id
    left join lateral (
      select count(*)::int as count, (array_agg(n.title order by n.at, n.id))[1] as title
      from delivery_notice dn join notice n on n.org_id = dn.org_id and n.id = dn.notice_id
      where dn.org_id = d.org_id and dn.delivery_id = d.id having count(*) > 0) said on true
    left join lateral (
      select a.number, a.http_status from delivery_attempt a where a.org_id = d.org_id and a.delivery_id = d.id order by a.number desc limit 1) last on true
    where ${Prisma.join(conditions, " and ")}`;
}

function readCursor(cursor: string): bigint {
  if (/^\d{1,18}$/.test(cursor)) return BigInt(cursor);
  throw new AppError("validation", "This page of the list does not exist. Go back to its beginning.", { field: "cursor" });
}

import type { Tx } from "./transaction";

/** What a webhook tells of at once: its whole data, and many receivers refuse a body of more than 100 KB. */
const MOST_AT_ONCE = 50;

/** Moves the notices that a webhook has no room for into another message, which comes after it; that one is split in its turn. */
export async function splitDelivery(tx: Tx, { orgId, deliveryId }: { orgId: string; deliveryId: string }): Promise<void> {
  await tx.$executeRaw`
    with beyond as (
      select dn.notice_id from delivery_notice dn join notice n on n.org_id = dn.org_id and n.id = dn.notice_id
      where dn.org_id = ${orgId}::uuid and dn.delivery_id = ${deliveryId}::uuid order by n.at, n.id offset ${MOST_AT_ONCE}::int
    ), next as (
      insert into delivery (id, org_id, channel_id, status, due_at, queued_at)
      select gen_random_uuid(), d.org_id, d.channel_id, 'queued', d.due_at, clock_timestamp() from delivery d
      where d.org_id = ${orgId}::uuid and d.id = ${deliveryId}::uuid and exists (select from beyond)
      returning id
    )
    update delivery_notice dn set delivery_id = next.id from next, beyond
    where dn.org_id = ${orgId}::uuid and dn.delivery_id = ${deliveryId}::uuid and dn.notice_id = beyond.notice_id`;
}

import type { Tx } from "./transaction";

const TURNED_OFF = "The channel was turned off before this was sent.";
const TURNED_OFF_MEANWHILE = "The channel was turned off before everybody had this.";

/** Ends what waits to be sent on a channel that is turned off. Tests go on: a person waits for them. */
export async function cancelDeliveries(tx: Tx, orgId: string, channelId: string): Promise<void> {
  await tx.$executeRaw`
    update delivery d set status = 'cancelled', finished_at = clock_timestamp(), message = case when exists (
        select from delivery_recipient r where r.org_id = d.org_id and r.delivery_id = d.id and r.state = 'taken'
      ) then ${TURNED_OFF_MEANWHILE} else ${TURNED_OFF} end
    where org_id = ${orgId}::uuid and channel_id = ${channelId}::uuid and status in ('waiting', 'queued', 'retrying') and not is_test`;
}

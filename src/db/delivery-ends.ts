import type { Tx } from "./transaction";

const TURNED_OFF = "The channel was turned off before this was sent.";

/** Ends what waits to be sent on a channel that is turned off. Tests go on: a person waits for them. */
export async function cancelDeliveries(tx: Tx, orgId: string, channelId: string): Promise<void> {
  await tx.$executeRaw`
    update delivery set status = 'cancelled', finished_at = clock_timestamp(), message = ${TURNED_OFF}
    where org_id = ${orgId}::uuid and channel_id = ${channelId}::uuid and status in ('waiting', 'queued', 'retrying') and not is_test`;
}

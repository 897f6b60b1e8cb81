import type { Attention } from "@/domain/attention";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "./transaction";

interface AttentionRow {
  failingSources: number;
  failingChannels: number;
  runId: string | null;
  runNumber: number | null;
}

/** As `isFailing` in domain/source-health.ts. */
export const IS_FAILING = Prisma.sql`(quarantined_at is not null or (enabled and consecutive_failures > 0))`;

/** As `isChannelFailing` in domain/notification-channel.ts, of channels that are to send. */
const IS_CHANNEL_FAILING = Prisma.sql`(disabled_reason is not null or (enabled and consecutive_failures > 0))`;

/** What of this organization is worth a look from any page. Every page asks for it again and again, so it is one small statement. */
export async function readAttention(tx: Tx, orgId: string): Promise<Attention> {
  const [row] = await tx.$queryRaw<[AttentionRow]>`
    select
      (select count(*)::int from source where org_id = ${orgId}::uuid and ${IS_FAILING}) as "failingSources",
      (select count(*)::int from notification_channel where org_id = ${orgId}::uuid and ${IS_CHANNEL_FAILING}) as "failingChannels",
      active.id as "runId", active.number as "runNumber"
    from (select 1) one left join run active on active.org_id = ${orgId}::uuid and active.status in ('queued', 'running')`;
  const { failingSources, failingChannels, runId: id, runNumber: number } = row;
  return { organizationId: orgId, failingSources, failingChannels, activeRun: id === null || number === null ? null : { id, number } };
}

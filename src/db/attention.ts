import type { Attention } from "@/domain/attention";
import type { Tx } from "./transaction";

interface AttentionRow {
  failingSources: number;
  runId: string | null;
  runNumber: number | null;
}

/** What of this organization is worth a look from any page. Every page asks for it again and again, so it is one small statement. */
export async function readAttention(tx: Tx, orgId: string): Promise<Attention> {
  const [row] = await tx.$queryRaw<[AttentionRow]>`
    select
      (select count(*)::int from source where org_id = ${orgId}::uuid and (consecutive_failures > 0 or quarantined_at is not null)) as "failingSources",
      active.id as "runId", active.number as "runNumber"
    from (select 1) one left join run active on active.org_id = ${orgId}::uuid and active.status in ('queued', 'running')`;
  const { failingSources, runId: id, runNumber: number } = row;
  return { organizationId: orgId, failingSources, activeRun: id === null || number === null ? null : { id, number } };
}

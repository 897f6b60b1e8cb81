import { resolveTimeZone } from "@/domain/time-zone";
import type { Tx } from "./transaction";

/**
 * The zone in which the organization's runs are told: its schedule's, or else its own, or else UTC. A zone can vanish with an update of the
 * time zone data, and the runs must not go with it.
 */
export async function getRunZone(tx: Tx, orgId: string): Promise<string> {
  const rows = await tx.$queryRaw<{ ofSchedule: string | null; ofOrganization: string }[]>`
    select s.time_zone as "ofSchedule", o.time_zone as "ofOrganization"
    from organization o left join schedule s on s.org_id = o.id where o.id = ${orgId}::uuid`;
  const zones = rows.flatMap(({ ofSchedule, ofOrganization }) => [ofSchedule ?? ofOrganization, ofOrganization]);
  return zones.find((zone) => resolveTimeZone(zone).ok) ?? "UTC";
}

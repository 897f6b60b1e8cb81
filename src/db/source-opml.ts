import { writeOpml } from "@/domain/opml";
import type { Tx } from "./transaction";

/** The organization's feeds as OPML, by name. `others`: sources of other kinds, which OPML has no words for. */
export async function exportOpml(tx: Tx, orgId: string, now: Date): Promise<{ opml: string; feeds: number; others: number }> {
  const { name } = await tx.organization.findUniqueOrThrow({ where: { id: orgId }, select: { name: true } });
  const feeds = await tx.source.findMany({ where: { orgId, kind: "feed" }, orderBy: [{ name: "asc" }, { id: "asc" }], select: { name: true, url: true } });
  const others = await tx.source.count({ where: { orgId, kind: { not: "feed" } } });
  return { opml: writeOpml(`Sources of ${name}`, feeds, now), feeds: feeds.length, others };
}

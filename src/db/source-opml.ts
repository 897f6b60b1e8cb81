import { writeOpml } from "@/domain/opml";
import type { Tx } from "./transaction";

const listed = { name: true, url: true, kind: true, config: true } as const;

/**
 * The organization's sources as OPML, by name, without the values of headers. `others`: sources of other kinds than feeds, which stand in it in
 * a way that only Milkrun understands.
 */
export async function exportOpml(tx: Tx, orgId: string, now: Date): Promise<{ opml: string; feeds: number; others: number }> {
  const { name } = await tx.organization.findUniqueOrThrow({ where: { id: orgId }, select: { name: true } });
  const rows = await tx.source.findMany({ where: { orgId }, orderBy: [{ name: "asc" }, { id: "asc" }], select: listed });
  const sources = rows.map(({ config, ...source }) => ({ ...source, config: Object(config) as object }));
  const feeds = sources.filter(({ kind }) => kind === "feed").length;
  return { opml: writeOpml(`Sources of ${name}`, sources, now), feeds, others: sources.length - feeds };
}

import { writeOpml } from "@/domain/write-opml";
import type { Tx } from "./transaction";

const headers = { select: { name: true }, orderBy: { name: "asc" } } as const;
const listed = { name: true, url: true, kind: true, config: true, enabled: true, headers } as const;

/** What was exported. */
interface OpmlExport {
  opml: string;
  feeds: number;
  /** Sources of other kinds, which stand in it in a way that only Milkrun understands. */
  others: number;
  /** Names of the sources whose headers have to be entered again where it is imported. */
  needHeaders: string[];
}

/** The organization's sources as OPML, by name, without the values of headers. */
export async function exportOpml(tx: Tx, orgId: string, now: Date): Promise<OpmlExport> {
  const { name } = await tx.organization.findUniqueOrThrow({ where: { id: orgId }, select: { name: true } });
  const rows = await tx.source.findMany({ where: { orgId }, orderBy: [{ name: "asc" }, { id: "asc" }], select: listed });
  const sources = rows.map((row) => ({ ...row, config: Object(row.config) as object, headers: row.headers.map((header) => header.name) }));
  const feeds = sources.filter(({ kind }) => kind === "feed").length;
  const needHeaders = sources.flatMap((source) => (source.headers.length > 0 ? [source.name] : []));
  return { opml: writeOpml(`Sources of ${name}`, sources, now), feeds, others: sources.length - feeds, needHeaders };
}

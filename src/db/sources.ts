import { AppError } from "@/domain/errors";
import { paceSchema } from "@/domain/pace";
import { type CountedSource, type Source, type SourceDefinition, sourceSchema } from "@/domain/source";
import { type HeaderChanges, isSameHeader, type SourceHeaderInput } from "@/domain/source-header";
import type { Prisma } from "@/generated/prisma/client";
import { forgetAlerts } from "./notification-alerts";
import { requireSeen, revisionOf } from "./revision";
import { type SourceEditor, saveSourceHeaders } from "./source-headers";
import type { Tx } from "./transaction";

const withOthers = {
  headers: { select: { name: true, updatedAt: true }, orderBy: { name: "asc" } },
  presets: { select: { enabled: true, preset: { select: { id: true, name: true } } }, orderBy: { preset: { name: "asc" } } },
} satisfies Prisma.SourceInclude;

type SourceRow = Prisma.SourceGetPayload<{ include: typeof withOthers }>;

function toSource(row: SourceRow, stated: unknown): Source {
  const pace = paceSchema.safeParse(stated).data ?? null;
  return sourceSchema.parse({
    ...row,
    pace,
    presets: row.presets.map(({ preset, enabled: enabledHere }) => ({ ...preset, enabledHere })),
    revision: revisionOf(contentOf(row)),
  });
}

/** What a person can change; values of headers are nobody's to read, but when they were entered is known. */
function contentOf({ name, kind, url, config, enabled, headers }: SourceRow): unknown[] {
  return [name, kind, url, config, enabled, headers.map((header) => [header.name, header.updatedAt])];
}

/** The organization's sources by name. */
export async function listSources(tx: Tx, orgId: string): Promise<Source[]> {
  const rows = await tx.source.findMany({ where: { orgId }, orderBy: [{ name: "asc" }, { id: "asc" }], include: withOthers });
  const readings = await tx.sourceReading.findMany({ where: { orgId }, select: { sourceId: true, pace: true } });
  const paceOf = new Map(readings.map(({ sourceId, pace }) => [sourceId, pace]));
  return rows.map((row) => toSource(row, paceOf.get(row.id)));
}

/** @throws AppError `not_found` when the organization has no such source. */
export async function getSource(tx: Tx, orgId: string, id: string): Promise<Source> {
  const row = await tx.source.findUnique({ where: { orgId_id: { orgId, id } }, include: withOthers });
  if (!row) throw new AppError("not_found", "This source no longer exists. Reload the page to see the ones there are.");
  const reading = await tx.sourceReading.findUnique({ where: { orgId_sourceId: { orgId, sourceId: id } }, select: { pace: true } });
  return toSource(row, reading?.pace);
}

/**
 * The source and how many items it has.
 * @throws AppError `not_found` when the organization has no such source.
 */
export async function getCountedSource(tx: Tx, orgId: string, id: string): Promise<CountedSource> {
  return { ...(await getSource(tx, orgId, id)), itemCount: await tx.item.count({ where: { orgId, sourceId: id } }) };
}

/** Stores a new source, switched on and in no preset. */
export async function createSource(tx: Tx, orgId: string, definition: SourceDefinition): Promise<Source> {
  const row = await tx.source.create({ data: { orgId, ...definition }, include: withOthers });
  return toSource(row, null);
}

/**
 * Stores a new source with the headers to be sent.
 * @throws AppError `validation` at a header without a value.
 */
export async function createSourceWithHeaders(
  tx: Tx,
  orgId: string,
  { definition, headers }: Omit<SourceUpdate, "enabled">,
  editor: SourceEditor,
): Promise<Source> {
  const { id, url } = await createSource(tx, orgId, definition);
  await saveSourceHeaders(tx, { orgId, sourceId: id, url }, headers, editor);
  return getSource(tx, orgId, id);
}

/**
 * Gives the source this definition and these headers. Runs that have begun keep what they began with. A definition that asks or reads the site
 * differently lifts a quarantine: what stopped the workers may be mended.
 * @throws AppError `not_found` when the organization has no such source, `version_conflict` when another revision is stored by now than the
 * change is based on, `validation` at a header whose value has to be entered.
 */
export async function updateSource(
  tx: Tx,
  orgId: string,
  id: string,
  update: SourceUpdate,
  editor: SourceEditor,
): Promise<{ source: Source; before: Source; headerChanges: HeaderChanges }> {
  await lockSource(tx, orgId, id);
  const before = await getSource(tx, orgId, id);
  if (!isAsStored(update, before)) requireSeen(update.revision, before);
  const { definition, enabled, headers } = update;
  const headerChanges = await saveSourceHeaders(tx, { orgId, sourceId: id, url: definition.url }, headers, editor);
  const isReadTheSame = readsTheSame(before, definition) && Object.values(headerChanges).flat().length === 0;
  if (!isReadTheSame) await tx.sourceReading.deleteMany({ where: { orgId, sourceId: id } });
  await tx.source.update({ where: { orgId_id: { orgId, id } }, data: { ...definition, enabled, ...(isReadTheSame ? {} : NO_QUARANTINE) } });
  return { source: await getSource(tx, orgId, id), before, headerChanges };
}

/** What a person changes of a source. Without `headers` it keeps those that it has. */
interface SourceUpdate {
  definition: SourceDefinition;
  enabled: boolean;
  headers?: readonly SourceHeaderInput[] | undefined;
  /** That the change is based on; undefined replaces whatever there is. */
  revision?: string | undefined;
}

/** Who did not hear that it was stored, and saves again, changes nothing. */
function isAsStored({ definition, enabled, headers }: SourceUpdate, stored: Source): boolean {
  const stated = ({ name, kind, url, config }: SourceDefinition | Source) => JSON.stringify([name, kind, url, config]);
  const isKept = (header: SourceHeaderInput) => header.value === undefined && stored.headers.some((known) => isSameHeader(known, header));
  const keepsHeaders = !headers || (headers.length === stored.headers.length && headers.every(isKept));
  return keepsHeaders && enabled === stored.enabled && stated(definition) === stated(stored);
}

const NO_QUARANTINE = { crashCount: 0, quarantinedAt: null };

/** When the site is asked or read differently, "not modified since" would hide what the new definition finds. How often it is asked is another matter. */
function readsTheSame(before: Source, after: SourceDefinition): boolean {
  const howOf = ({ config }: Pick<SourceDefinition, "config">) => JSON.stringify({ ...config, everyRun: undefined });
  return before.kind === after.kind && before.url === after.url && howOf(before) === howOf(after);
}

/**
 * Lets runs collect the source again. `lifted` is false when it was not in quarantine; nothing is changed then.
 * @throws AppError `not_found` when the organization has no such source.
 */
export async function liftQuarantine(tx: Tx, orgId: string, id: string): Promise<{ source: Source; lifted: boolean }> {
  await lockSource(tx, orgId, id);
  const before = await getSource(tx, orgId, id);
  if (before.quarantinedAt === null) return { source: before, lifted: false };
  await tx.source.update({ where: { orgId_id: { orgId, id } }, data: NO_QUARANTINE });
  return { source: { ...before, ...NO_QUARANTINE }, lifted: true };
}

/**
 * Deletes the source and the items collected from it; the runs stay in the ledger.
 * @throws AppError `not_found`, or `in_use` naming the presets that hold it.
 */
export async function removeSource(tx: Tx, orgId: string, id: string): Promise<CountedSource> {
  await lockSource(tx, orgId, id);
  const source = await getCountedSource(tx, orgId, id);
  if (source.presets.length > 0) {
    const names = source.presets.map(({ name }) => `“${name}”`).join(", ");
    throw new AppError("in_use", `“${source.name}” is part of ${names}, so it was not deleted. Take it out there first.`);
  }
  await tx.source.delete({ where: { orgId_id: { orgId, id } } });
  await forgetAlerts(tx, orgId, [id]);
  return source;
}

/** A preset that takes the source in waits until this transaction ends, and so do other edits of it. */
async function lockSource(tx: Tx, orgId: string, id: string): Promise<void> {
  await tx.$executeRaw`select 1 from source where org_id = ${orgId}::uuid and id = ${id}::uuid for update`;
}

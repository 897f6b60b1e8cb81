import { randomUUID } from "node:crypto";
import { AppError } from "@/domain/errors";
import { type HeaderChanges, originOf, planHeaders, type SourceHeaderInput, type StoredHeader } from "@/domain/source-header";
import { keptPlan } from "./kept-plan";
import type { KeyRing } from "./key-ring";
import { isUnreadableSecret, type SealedPlace, sealedBytes } from "./sealed-value";
import type { SqlTx, Tx } from "./transaction";

/** Who changes a source, and what seals its secrets. */
export interface SourceEditor {
  userId: string;
  keys: KeyRing;
}

/** The source that headers belong to, and its address. */
interface HeaderOwner {
  orgId: string;
  sourceId: string;
  url: string;
}

interface HeaderRow extends StoredHeader {
  id: string;
  sourceId: string;
  sealedValue: string;
}

const placeOf = (orgId: string, row: string): SealedPlace => ({ orgId, table: "source_header", row, column: "sealed_value" });
/** Where what is secret about a test is sealed for. */
export const placeOfTest = (orgId: string, row: string): SealedPlace => ({ orgId, table: "source_test", row, column: "sealed_headers" });

async function listStored(tx: SqlTx, orgId: string, ...sourceIds: string[]): Promise<HeaderRow[]> {
  const rows = await tx.$queryRaw<Omit<HeaderRow, "bytes">[]>(keptPlan`
    select id, source_id as "sourceId", name, origin, sealed_value as "sealedValue" from source_header
    where org_id = ${orgId}::uuid and source_id = any(${sourceIds}::uuid[]) order by name`);
  return rows.map((row) => ({ ...row, bytes: sealedBytes(row.sealedValue) }));
}

/**
 * Gives the source these headers and no others; without any it keeps what it has. The caller holds the lock on the source.
 * @returns What was changed.
 * @throws AppError as `planHeaders` does.
 */
export async function saveSourceHeaders(
  tx: Tx,
  source: HeaderOwner,
  wanted: readonly SourceHeaderInput[] | undefined,
  { keys, userId }: SourceEditor,
): Promise<HeaderChanges> {
  const { orgId, sourceId, url } = source;
  const stored = await listStored(tx, orgId, sourceId);
  const { write, kept, ...changes } = planHeaders(stored, wanted, url);
  if (write.length + changes.removed.length === 0) return changes;
  const gone = stored.filter((known) => !kept.includes(known.name)).map(({ id }) => id);
  await tx.sourceHeader.deleteMany({ where: { orgId, id: { in: gone } } });
  const seal = await keys.sealer(tx);
  for (const { name, value } of write) {
    const id = randomUUID();
    const sealedValue = seal(value, placeOf(orgId, id));
    await tx.sourceHeader.create({ data: { id, orgId, sourceId, name, origin: originOf(url), sealedValue, updatedById: userId } });
  }
  return changes;
}

/** Header values by name. */
type HeaderValues = Record<string, string>;

/** Why headers cannot be sent. `reason` is for the log. */
export interface RefusedHeaders {
  ok: false;
  code: string;
  message: string;
  reason: string;
}

/** Headers ready to be sent, or why they are not. */
export type OpenedHeaders = { ok: true; headers: HeaderValues } | RefusedHeaders;

/**
 * Decrypts the headers of a source for a request to this address. Never those that were entered for another site: the source may have
 * been changed since whoever asks has read its address.
 */
export type OpenHeaders = (source: Pick<HeaderOwner, "sourceId" | "url">) => OpenedHeaders;

/** Reads the headers of these sources, for each of them to be opened. */
export async function readSourceHeaders(tx: SqlTx, keys: KeyRing, orgId: string, sourceIds: readonly string[]): Promise<OpenHeaders> {
  const all = sourceIds.length > 0 ? await listStored(tx, orgId, ...sourceIds) : [];
  return ({ sourceId, url }) => {
    const stored = all.filter((row) => row.sourceId === sourceId);
    if (stored.every(({ origin }) => origin === originOf(url))) return openAll(keys, orgId, stored);
    const message =
      "The address of this source was changed to another site during the run, so its headers were not sent and nothing was collected. Run it again.";
    return { ok: false, code: "headers_changed", message, reason: "the source's address was changed to another site" };
  };
}

function openAll(keys: KeyRing, orgId: string, stored: readonly HeaderRow[]): OpenedHeaders {
  return attempt(() => Object.fromEntries(stored.map(({ id, name, sealedValue }) => [name, keys.open(sealedValue, placeOf(orgId, id))])));
}

function attempt(open: () => HeaderValues): OpenedHeaders {
  try {
    return { ok: true, headers: open() };
  } catch (error) {
    if (!isUnreadableSecret(error)) throw error;
    const message = "The headers of this source cannot be decrypted, so nothing was collected. Enter their values again, or ask the operator for the lost key.";
    return { ok: false, code: "headers_unreadable", message, reason: error.message };
  }
}

/** What a source test is to send: values that were just entered, and the stored ones of a source where none was. */
export interface TestHeaders {
  sourceId?: string | undefined;
  wanted?: readonly SourceHeaderInput[] | undefined;
}

/**
 * The headers of a source test, sealed for its row; null when there are none.
 * @throws AppError as `planHeaders` does: stored values go to the site that they were entered for, in a test too.
 */
export async function sealTestHeaders(
  tx: Tx,
  keys: KeyRing,
  test: { orgId: string; testId: string; url: string },
  { sourceId, wanted }: TestHeaders,
): Promise<string | null> {
  const { orgId, testId, url } = test;
  const stored = sourceId === undefined ? [] : await listStored(tx, orgId, sourceId);
  const plan = planHeaders(stored, wanted, url);
  const kept = openAll(
    keys,
    orgId,
    stored.filter(({ name }) => plan.kept.includes(name)),
  );
  if (!kept.ok) throw new AppError("unavailable", kept.message);
  const values: HeaderValues = { ...kept.headers, ...Object.fromEntries(plan.write.map(({ name, value }) => [name, value])) };
  if (Object.keys(values).length === 0) return null;
  const seal = await keys.sealer(tx);
  return seal(JSON.stringify(values), placeOfTest(orgId, testId));
}

/** The headers of a source test. */
export function openTestHeaders(keys: KeyRing, { orgId, testId }: { orgId: string; testId: string }, sealed: string | null): OpenedHeaders {
  return attempt(() => (sealed === null ? {} : (JSON.parse(keys.open(sealed, placeOfTest(orgId, testId))) as HeaderValues)));
}

import { type ApiKey, KEY_SCOPES, type NewApiKey, OVERLAP_HOURS } from "@/domain/api-key";
import { AppError } from "@/domain/errors";
import type { ApiKey as Row } from "@/generated/prisma/client";
import { findActorNames } from "./actor-names";
import type { Tx } from "./transaction";
import { VALID } from "./valid-keys";

/** A program that made a key each time it starts would never end. */
const MOST_VALID = 100;
/** Keys that are no longer valid fall off the end of the list. */
const MOST_LISTED = 200;

/** What is stored of a key that was just made, and who made it. */
interface StoredKey {
  id: string;
  prefix: string;
  keyHash: string;
  createdById: string;
}

/** The organization's keys: the valid ones first, the newest first. */
export async function listApiKeys(tx: Tx, orgId: string): Promise<ApiKey[]> {
  const ids = await tx.$queryRaw<{ id: string }[]>`
    select id from api_key where org_id = ${orgId}::uuid order by (${VALID}) desc, created_at desc, id desc limit ${MOST_LISTED}`;
  const rows = await tx.apiKey.findMany({ where: { orgId, id: { in: ids.map(({ id }) => id) } } });
  const nameOf = await findActorNames(
    tx,
    rows.map((row) => row.createdById),
  );
  const place = new Map(ids.map(({ id }, index) => [id, index]));
  return rows.map((row) => toApiKey(row, nameOf)).sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
}

/** @throws AppError `validation` when the organization has 100 valid keys. */
export async function createApiKey(tx: Tx, orgId: string, key: NewApiKey, stored: StoredKey): Promise<ApiKey> {
  await refuseTooMany(tx, orgId);
  await tx.$executeRaw`
    insert into api_key (id, org_id, name, prefix, key_hash, scopes, created_by_id, created_at, expires_at)
    select ${stored.id}::uuid, ${orgId}::uuid, ${key.name}, ${stored.prefix}, ${stored.keyHash}, ${key.scopes}::text[], ${stored.createdById}::uuid,
      now, now + ${key.expiresInDays}::int * interval '1 day'
    from clock_timestamp() as now`;
  return getApiKey(tx, orgId, stored.id);
}

/**
 * Makes a key in the place of another, with its name, its scopes and a lifetime as long as its was. The old one works for another day,
 * or until it expires if that is sooner.
 * @throws AppError `not_found`; `validation` when the old key is not valid any more or was replaced before, or when there are 100 keys.
 */
export async function replaceApiKey(tx: Tx, orgId: string, id: string, stored: StoredKey): Promise<{ key: ApiKey; old: ApiKey }> {
  await refuseTooMany(tx, orgId);
  const replaced = await tx.$executeRaw`
    with old as (
      select *, clock_timestamp() as now from api_key where org_id = ${orgId}::uuid and id = ${id}::uuid and replaced_at is null and ${VALID} for update),
    made as (
      insert into api_key (id, org_id, name, prefix, key_hash, scopes, created_by_id, created_at, expires_at)
      select ${stored.id}::uuid, org_id, name, ${stored.prefix}, ${stored.keyHash}, scopes, ${stored.createdById}::uuid, now, now + (expires_at - created_at)
      from old)
    update api_key k set replaced_at = old.now, expires_at = least(k.expires_at, old.now + ${OVERLAP_HOURS}::int * interval '1 hour')
    from old where k.id = old.id`;
  const old = await getApiKey(tx, orgId, id);
  if (replaced === 1) return { key: await getApiKey(tx, orgId, stored.id), old };
  throw new AppError("validation", `“${old.name}” is not valid any more or was replaced already, so no key was made. Create a new one.`);
}

/**
 * Ends the key for good: requests that come from now on are refused. Revoking again changes nothing.
 * @throws AppError `not_found` when the organization has no such key.
 */
export async function revokeApiKey(tx: Tx, orgId: string, id: string): Promise<{ key: ApiKey; revoked: boolean }> {
  const count = await tx.$executeRaw`
    update api_key set revoked_at = clock_timestamp() where org_id = ${orgId}::uuid and id = ${id}::uuid and revoked_at is null`;
  return { key: await getApiKey(tx, orgId, id), revoked: count === 1 };
}

async function refuseTooMany(tx: Tx, orgId: string): Promise<void> {
  const [{ count }] = await tx.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from api_key where org_id = ${orgId}::uuid and ${VALID}`;
  if (count < MOST_VALID) return;
  throw new AppError("validation", `There are ${count} API keys already, so no other one was made. Revoke those that nothing uses any more.`);
}

async function getApiKey(tx: Tx, orgId: string, id: string): Promise<ApiKey> {
  const row = await tx.apiKey.findFirst({ where: { orgId, id } });
  if (!row) throw new AppError("not_found", "There is no such API key. Reload the page to see the ones there are.");
  return toApiKey(row, await findActorNames(tx, [row.createdById]));
}

/** Scopes that a newer Milkrun stored allow nothing here and are left out. */
function toApiKey({ scopes, ...row }: Row, nameOf: ReadonlyMap<string, string>): ApiKey {
  return { ...row, scopes: KEY_SCOPES.filter((scope) => scopes.includes(scope)), createdByName: nameOf.get(row.createdById) ?? "A former member" };
}

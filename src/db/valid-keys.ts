import { INVALID_KEY } from "@/domain/api-key";
import { AppError } from "@/domain/errors";
import { Prisma, type PrismaClient, type ApiKey as Row } from "@/generated/prisma/client";
import type { Tx } from "./transaction";

/** A key that was valid when the request came in. */
export interface KeyIdentity {
  id: string;
  organizationId: string;
}

/** Holds for a row of `api_key` that a program may still use. */
export const VALID = Prisma.sql`revoked_at is null and (expires_at is null or expires_at > clock_timestamp())`;

/** The valid key with this hash, whose use is noted once a minute at most; null when there is none. */
export async function recognizeKey(system: PrismaClient, keyHash: string, address: string): Promise<KeyIdentity | null> {
  const [key] = await system.$queryRaw<KeyIdentity[]>`
    with key as (select id, org_id, last_used_at from api_key where key_hash = ${keyHash} and ${VALID}),
    noted as (
      update api_key k set last_used_at = clock_timestamp(), last_used_address = left(${address}, 64)
      from key where k.id = key.id and (key.last_used_at is null or key.last_used_at < clock_timestamp() - interval '1 minute'))
    select id, org_id as "organizationId" from key`;
  return key ?? null;
}

/** @throws AppError `unauthenticated` when the key was revoked or has expired since the request came in. */
export async function getValidKey(tx: Tx, { id, organizationId }: KeyIdentity): Promise<Pick<Row, "id" | "name" | "prefix" | "scopes">> {
  const [key] = await tx.$queryRaw<Pick<Row, "id" | "name" | "prefix" | "scopes">[]>`
    select id, name, prefix, scopes from api_key where org_id = ${organizationId}::uuid and id = ${id}::uuid and ${VALID}`;
  if (!key) throw new AppError("unauthenticated", INVALID_KEY);
  return key;
}

import { randomUUID, timingSafeEqual } from "node:crypto";
import { AppError } from "@/domain/errors";
import { sampleSources } from "@/domain/samples";
import type { SetupClaim } from "@/domain/setup";
import type { PrismaClient } from "@/generated/prisma/client";
import { recordAudit } from "./audit";
import type { Database } from "./client";
import { createPreset } from "./presets";
import { createSource } from "./sources";
import type { Tx } from "./transaction";

/** The set-up claim as it reaches the database: hashes instead of secrets. */
export interface HashedClaim extends Omit<SetupClaim, "token" | "password"> {
  /** SHA-256 of the token, in hex. */
  tokenHash: string;
  passwordHash: string;
  /** Where Milkrun serves the sample sources. */
  baseUrl: string;
  /** The client's address. */
  clientAddress: string;
}

const INSTALLATION = { id: 1 };

/** Whether somebody has claimed this installation. */
export async function isClaimed(system: PrismaClient): Promise<boolean> {
  const { claimedAt } = await system.installation.findUniqueOrThrow({ where: INSTALLATION, select: { claimedAt: true } });
  return claimedAt !== null;
}

/** Stores the hash of a new set-up token in place of the old one. False, and nothing stored, once the installation is claimed. */
export async function storeSetupTokenHash(db: Database, hash: string): Promise<boolean> {
  const { count } = await db.system.installation.updateMany({ where: { ...INSTALLATION, claimedAt: null }, data: { setupTokenHash: hash } });
  return count === 1;
}

/** @throws AppError `gone` when the installation is claimed, `forbidden` when this is not its token. */
export async function checkSetupToken(client: PrismaClient | Tx, tokenHash: string): Promise<void> {
  const { claimedAt, setupTokenHash } = await client.installation.findUniqueOrThrow({ where: INSTALLATION });
  if (claimedAt) throw new AppError("gone", "This installation is set up already. Sign in, or ask its owner for an invitation.");
  if (setupTokenHash && timingSafeEqual(Buffer.from(setupTokenHash), Buffer.from(tokenHash))) return;
  throw new AppError("forbidden", "This set-up link is not valid (any more). Nothing was set up. Use the link that Milkrun printed when it last started.");
}

/**
 * Makes the owner's account and the organization, and closes set-up for ever, all in one transaction.
 * Of several claims at once one succeeds.
 * @throws AppError `gone` or `forbidden`, as `checkSetupToken` does.
 */
export async function claimInstallation(db: Database, claim: HashedClaim): Promise<{ organizationId: string }> {
  return db.withSystem(async (tx) => {
    // Others wait here, and then find the installation claimed.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('milkrun.setup'))`;
    await checkSetupToken(tx, claim.tokenHash);
    const userId = await createOwner(tx, claim);
    const organizationId = await createOrganization(tx, claim, userId);
    if (claim.samples) await createSamples(tx, organizationId, claim.baseUrl);
    await tx.$executeRaw`update installation set claimed_at = clock_timestamp(), setup_token_hash = null where id = 1`;
    await recordAudit(tx, {
      orgId: organizationId,
      actorId: userId,
      actorName: claim.name,
      address: claim.clientAddress,
      action: "setup.claim",
      subjectId: organizationId,
      summary: `Set up Milkrun for “${claim.organizationName}”`,
    });
    return { organizationId };
  });
}

async function createOwner(tx: Tx, claim: HashedClaim): Promise<string> {
  const id = randomUUID();
  await tx.user.create({ data: { id, name: claim.name, email: claim.email } });
  // better-auth finds the password of an e-mail account by this provider and the user's own id.
  await tx.account.create({ data: { userId: id, accountId: id, providerId: "credential", password: claim.passwordHash } });
  return id;
}

async function createOrganization(tx: Tx, claim: HashedClaim, ownerId: string): Promise<string> {
  const id = randomUUID();
  await tx.organization.create({ data: { id, name: claim.organizationName, slug: id, timeZone: claim.timeZone } });
  await tx.member.create({ data: { organizationId: id, userId: ownerId, role: "owner" } });
  return id;
}

async function createSamples(tx: Tx, orgId: string, baseUrl: string): Promise<void> {
  const sourceIds: string[] = [];
  for (const definition of sampleSources(baseUrl)) sourceIds.push((await createSource(tx, orgId, definition)).id);
  await createPreset(tx, orgId, { name: "Samples", sourceIds });
}

import { timingSafeEqual } from "node:crypto";
import { AppError } from "@/domain/errors";
import { sampleSources } from "@/domain/samples";
import type { SetupClaim } from "@/domain/setup";
import type { PrismaClient } from "@/generated/prisma/client";
import { recordAudit } from "./audit";
import type { Database } from "./client";
import { createAccount } from "./new-account";
import { createOrganization } from "./organizations";
import { createPreset } from "./presets";
import { createSource } from "./sources";
import type { Tx } from "./transaction";

/** The first owner and their organization as they reach the database: a hash instead of the password. */
interface OwnerClaim extends Omit<SetupClaim, "token" | "password"> {
  passwordHash: string;
  /** Where Milkrun serves the sample sources. */
  baseUrl: string;
  /** The client's address; null where the operator claims it. */
  clientAddress: string | null;
}

/** The claim of whoever has the set-up link. */
interface HashedClaim extends OwnerClaim {
  /** SHA-256 of the token, in hex. */
  tokenHash: string;
}

const INSTALLATION = { id: 1 };

/** Whether somebody has claimed this installation. */
export async function isClaimed(system: PrismaClient | Tx): Promise<boolean> {
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
export async function claimInstallation(db: Database, { tokenHash, ...claim }: HashedClaim): Promise<{ organizationId: string }> {
  return db.withSystem(async (tx) => {
    await waitForTurn(tx);
    await checkSetupToken(tx, tokenHash);
    return setUp(tx, claim);
  });
}

/** The same on the operator's word, without a token. Returns false, and changes nothing, when somebody has claimed the installation. */
export async function claimUnattended(db: Database, claim: OwnerClaim): Promise<boolean> {
  return db.withSystem(async (tx) => {
    await waitForTurn(tx);
    if (await isClaimed(tx)) return false;
    await setUp(tx, claim);
    return true;
  });
}

/** Others wait here, and then find the installation claimed. */
async function waitForTurn(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('milkrun.setup'))`;
}

async function setUp(tx: Tx, claim: OwnerClaim): Promise<{ organizationId: string }> {
  const userId = await createAccount(tx, claim);
  const organizationId = await createOrganization(tx, { name: claim.organizationName, timeZone: claim.timeZone }, userId);
  if (claim.samples) await createSamples(tx, organizationId, claim.baseUrl);
  await tx.$executeRaw`update installation set claimed_at = clock_timestamp(), setup_token_hash = null where id = 1`;
  const summary = `Set up Milkrun for “${claim.organizationName}”`;
  const actor = { actorId: userId, actorName: claim.name, address: claim.clientAddress };
  await recordAudit(tx, { action: "setup.claim", subjectId: organizationId, summary, orgId: organizationId, ...actor });
  return { organizationId };
}

async function createSamples(tx: Tx, orgId: string, baseUrl: string): Promise<void> {
  const sourceIds: string[] = [];
  for (const definition of sampleSources(baseUrl)) sourceIds.push((await createSource(tx, orgId, definition)).id);
  await createPreset(tx, orgId, { name: "Samples", sourceIds });
}

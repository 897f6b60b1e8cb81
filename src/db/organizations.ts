import { randomUUID } from "node:crypto";
import type { OrganizationDefinition, OwnOrganization } from "@/domain/organization";
import { parseRole } from "@/domain/roles";
import type { PrismaClient } from "@/generated/prisma/client";
import { recordAudit } from "./audit";
import type { Database } from "./client";
import { chooseOrganization, type SessionOwner } from "./session-organization";
import type { Tx } from "./transaction";

/** Makes an organization whose first owner is this person. Returns its id. Needs a transaction that sees every organization. */
export async function createOrganization(tx: Tx, { name, timeZone }: OrganizationDefinition, ownerId: string): Promise<string> {
  const id = randomUUID();
  await tx.organization.create({ data: { id, name, slug: id, timeZone } });
  await tx.member.create({ data: { organizationId: id, userId: ownerId, role: "owner" } });
  return id;
}

/** A further organization of somebody who has one: they own it, their session goes on in it, and its audit begins with that. */
export function foundOrganization(
  db: Database,
  definition: OrganizationDefinition,
  founder: { id: string; name: string; address: string },
  session: SessionOwner,
): Promise<string> {
  return db.withSystem(async (tx) => {
    const orgId = await createOrganization(tx, definition, founder.id);
    await chooseOrganization(tx, session, orgId);
    const summary = `Created the organization “${definition.name}”`;
    const actor = { actorId: founder.id, actorName: founder.name, address: founder.address };
    await recordAudit(tx, { orgId, ...actor, action: "organization.create", subjectId: orgId, summary });
    return orgId;
  });
}

/** Gives the organization another name. */
export async function renameOrganization(tx: Tx, orgId: string, name: string): Promise<void> {
  await tx.organization.update({ where: { id: orgId }, data: { name } });
}

/** The organizations that this person belongs to, by name. */
export async function listOrganizations(system: PrismaClient, userId: string): Promise<OwnOrganization[]> {
  const members = await system.member.findMany({
    where: { userId },
    select: { role: true, organization: { select: { id: true, name: true } } },
    orderBy: [{ organization: { name: "asc" } }, { organizationId: "asc" }],
  });
  return members.map(({ role, organization }) => ({ ...organization, role: parseRole(role) }));
}

/** What the organization is called, and since when there is one. */
export async function getOrganizationFacts(tx: Tx, orgId: string): Promise<{ name: string; createdAt: Date }> {
  return tx.organization.findUniqueOrThrow({ where: { id: orgId }, select: { name: true, createdAt: true } });
}

import type { Member } from "@/domain/member";
import type { Preferences } from "@/domain/preferences";
import { preferencesSchema } from "@/domain/preferences-schema";
import { parseRole } from "@/domain/roles";
import type { PrismaClient } from "@/generated/prisma/client";
import type { Tx } from "./transaction";

/** A person in an organization. `role` is the text as stored. */
export interface Membership {
  user: { id: string; name: string; email: string };
  organization: { id: string; name: string; timeZone: string };
  role: string;
  preferences: Preferences;
}

interface MembershipRow {
  userId: string;
  userName: string;
  email: string;
  orgId: string;
  orgName: string;
  timeZone: string;
  role: string;
  clockStyle: string;
  firstWeekday: number;
  singleKeys: boolean;
}

/** The membership of this person in this organization; null when there is none (any more). */
export async function findMembership(tx: Tx, orgId: string, userId: string): Promise<Membership | null> {
  const [row] = await tx.$queryRaw<MembershipRow[]>`
    select u.id as "userId", u.name as "userName", u.email, o.id as "orgId", o.name as "orgName", o.time_zone as "timeZone", m.role,
      u.clock_style as "clockStyle", u.first_weekday as "firstWeekday", u.single_keys as "singleKeys"
    from member m join "user" u on u.id = m.user_id join organization o on o.id = m.org_id
    where m.org_id = ${orgId}::uuid and m.user_id = ${userId}::uuid`;
  if (!row) return null;
  return {
    user: { id: row.userId, name: row.userName, email: row.email },
    organization: { id: row.orgId, name: row.orgName, timeZone: row.timeZone },
    role: row.role,
    preferences: preferencesSchema.parse(row),
  };
}

/** Everybody in the organization, by name. */
export async function listMembers(tx: Tx, orgId: string): Promise<Member[]> {
  const rows = await tx.member.findMany({
    where: { organizationId: orgId },
    select: { id: true, userId: true, role: true, lastActiveAt: true, user: { select: { name: true, email: true } } },
    orderBy: [{ user: { name: "asc" } }, { id: "asc" }],
  });
  return rows.map(({ user, role, ...row }) => ({ ...row, ...user, role: parseRole(role) }));
}

/** Notes that this person is at work in this organization now. Does nothing for somebody who is no member. */
export async function noteActivity(tx: Tx, orgId: string, userId: string): Promise<void> {
  await tx.$executeRaw`update member set last_active_at = clock_timestamp() where org_id = ${orgId}::uuid and user_id = ${userId}::uuid`;
}

/** The organization that this person joined first; null for someone without one. */
export async function findFirstOrganizationId(system: PrismaClient, userId: string): Promise<string | null> {
  const member = await system.member.findFirst({
    where: { userId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { organizationId: true },
  });
  return member?.organizationId ?? null;
}

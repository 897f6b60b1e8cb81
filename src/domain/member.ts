import { z } from "zod";
import { AppError } from "./errors";
import { grantableRoles, ROLES, type Role } from "./roles";

export const memberSchema = z.object({
  id: z.uuid(),
  userId: z.uuid(),
  name: z.string(),
  email: z.string(),
  /** Null for a role that this version does not know: it allows nothing. */
  role: z.enum(ROLES).nullable(),
  /** To a few minutes; null until they first come. */
  lastActiveAt: z.date().nullable(),
});
export type Member = z.infer<typeof memberSchema>;

const NOTHING_CHANGED = "Nothing was changed.";

/** @throws AppError `forbidden` when somebody with this role may not give `role` away, or change or remove who has it. */
export function requireGrantable(actor: Role, role: Role | null): void {
  const grantable = grantableRoles(actor);
  if (grantable.length === 0) throw new AppError("forbidden", `Your role, ${actor}, does not allow this. ${NOTHING_CHANGED} Ask an owner or admin.`);
  if (role === null || grantable.includes(role)) return;
  throw new AppError("forbidden", `Your role, ${actor}, does not reach that far: only an owner can make, change or remove an owner. ${NOTHING_CHANGED}`);
}

/**
 * An organization always has an owner.
 * @param next what the member becomes; null when they go
 * @throws AppError `in_use` when this takes the last owner away.
 */
export function requireOwnerLeft(member: Pick<Member, "name" | "role">, next: Role | null, ownerCount: number): void {
  if (member.role !== "owner" || next === "owner" || ownerCount > 1) return;
  throw new AppError("in_use", `${member.name} is the only owner. ${NOTHING_CHANGED} Make someone else owner first.`);
}

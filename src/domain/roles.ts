export const ROLES = ["owner", "admin", "editor", "viewer"] as const;
export type Role = (typeof ROLES)[number];

const EVERYONE = ROLES;
const EDITORS: readonly Role[] = ["owner", "admin", "editor"];
const ADMINS: readonly Role[] = ["owner", "admin"];
const OWNERS: readonly Role[] = ["owner"];

/** Who may do what. A permission that is not listed does not exist, so nothing is allowed by omission. */
const ALLOWED = {
  "member.read": EVERYONE,
  "member.leave": EVERYONE,
  "member.manage": ADMINS,
  "organization.transfer": OWNERS,
  "organization.create": OWNERS,
  "organization.rename": ADMINS,
  "apiKey.manage": ADMINS,
  "audit.read": ADMINS,
  "schedule.read": EVERYONE,
  "schedule.update": EDITORS,
  "schedule.remove": EDITORS,
  "run.read": EVERYONE,
  "run.start": EDITORS,
  "run.cancel": EDITORS,
  "preset.read": EVERYONE,
  "preset.change": EDITORS,
  "source.read": EVERYONE,
  "source.change": EDITORS,
  "source.test": EDITORS,
  "item.read": EVERYONE,
  "view.read": EVERYONE,
  "view.change": EDITORS,
  "notification.read": EVERYONE,
  "notification.manage": ADMINS,
  "system.read": EVERYONE,
  "system.inspect": ADMINS,
  "system.dueTimes": OWNERS,
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof ALLOWED;

/** Every permission, in the order of the table above. */
export const PERMISSIONS = Object.keys(ALLOWED) as Permission[];

/** Reads a role as the database holds it; null for a text that is none of ours. */
export function parseRole(text: string): Role | null {
  return ROLES.find((role) => role === text) ?? null;
}

/** Whether this role includes this permission. */
export function may(role: Role, permission: Permission): boolean {
  const allowed: readonly Role[] = ALLOWED[permission];
  return allowed.includes(role);
}

/** The roles that somebody with this one may give away, and whose holders they may change or remove. */
export function grantableRoles(role: Role): readonly Role[] {
  if (!may(role, "member.manage")) return [];
  return role === "owner" ? ROLES : ROLES.filter((each) => each !== "owner");
}

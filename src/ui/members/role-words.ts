import type { Role } from "@/domain/roles";

/** Each role's name, and what it is for in one line. */
export const ROLE_WORDS = {
  owner: { name: "Owner", about: "Everything, and the organization itself." },
  admin: { name: "Admin", about: "Everything but what is the owners' own." },
  editor: { name: "Editor", about: "Schedule, sources and runs, but no people." },
  viewer: { name: "Viewer", about: "Sees everything that is collected and changes nothing." },
} as const satisfies Record<Role, { name: string; about: string }>;

/** The name of a stored role; one that this version does not know allows nothing. */
export function roleName(role: Role | null): string {
  return role ? ROLE_WORDS[role].name : "No role";
}

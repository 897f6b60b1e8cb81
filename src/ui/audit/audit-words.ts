import type { AuditEntry, AuditGroup } from "@/domain/audit";

/** What the groups of actions are called. */
export const AUDIT_GROUP_WORDS: Record<AuditGroup, string> = {
  schedule: "Schedule",
  run: "Runs",
  source: "Sources",
  preset: "Presets",
  view: "Saved views",
  export: "Exports",
  link: "Links to items",
  member: "Members",
  invitation: "Invitations",
  apiKey: "API keys",
  organization: "Organization",
  account: "Accounts",
  setup: "Set-up",
  notification: "Notifications",
};

/** How it was done: "API key mr_12345678", or null for a person, whose name says it, and for Milkrun. */
export function viaWords({ apiKeyPrefix }: Pick<AuditEntry, "apiKeyPrefix">): string | null {
  return apiKeyPrefix && `API key ${apiKeyPrefix}`;
}

/** From where, where no address is known. */
export function unknownPlace({ actorId }: Pick<AuditEntry, "actorId">): string {
  return actorId === null ? "The server itself" : "Not known";
}

import type { Permission } from "@/domain/roles";

/** Each permission as a person would say it. A new one does not compile without its words. */
export const PERMISSION_WORDS: Record<Permission, string> = {
  "member.read": "See who is a member",
  "member.leave": "Leave the organization",
  "member.manage": "Invite and remove people, change roles",
  "organization.transfer": "Make another member owner in one's place",
  "organization.create": "Create further organizations",
  "organization.rename": "Rename the organization",
  "apiKey.manage": "Create and revoke API keys",
  "audit.read": "See who did what",
  "schedule.read": "See the schedule",
  "schedule.update": "Change, pause and resume the schedule",
  "schedule.remove": "Delete the schedule",
  "run.read": "See runs and follow them live",
  "run.start": "Start runs",
  "run.cancel": "Cancel runs",
  "preset.read": "See presets",
  "preset.change": "Create, change and delete presets",
  "source.read": "See sources",
  "source.change": "Create, change and delete sources",
  "source.test": "Test sources",
  "item.read": "See items",
  "system.read": "See the system status",
  "system.inspect": "See processes, work and incidents of the system, and download diagnostics",
  "system.dueTimes": "See when schedules of any organization are due",
};

import { KEY_SCOPES, type KeyScope } from "@/domain/api-key";
import type { Permission } from "@/domain/roles";

/**
 * What a key with this scope may do. What is listed nowhere no key may ever do: members, keys, the audit, the installation and whatever
 * else concerns people.
 */
const PERMISSIONS = {
  read: ["item.read", "view.read", "source.read", "preset.read", "schedule.read", "run.read"],
  run: ["preset.read", "run.read", "run.start", "run.cancel"],
  manage: [
    ...(["source.read", "source.change", "source.test", "preset.read", "preset.change"] as const),
    ...(["schedule.read", "schedule.update", "schedule.remove", "view.read", "view.change"] as const),
  ],
} as const satisfies Record<KeyScope, readonly Permission[]>;

/** Whether a key with these scopes may do this. Scopes are the texts that the database holds; what is none of ours allows nothing. */
export function keyMay(scopes: readonly string[], permission: Permission): boolean {
  return KEY_SCOPES.some((scope) => scopes.includes(scope) && PERMISSIONS[scope].some((allowed) => allowed === permission));
}

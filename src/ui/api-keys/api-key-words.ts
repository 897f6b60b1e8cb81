import { IconAlertTriangle, IconBan, IconCheck, IconClockOff, IconReplace } from "@tabler/icons-react";
import { type ApiKey, isUsable, KEY_LIFETIMES, type KeyScope } from "@/domain/api-key";
import type { StatusLook } from "@/ui/display/status-badge";

/** What a scope is called, and what it allows. */
export const SCOPE_WORDS: Record<KeyScope, { label: string; description: string }> = {
  read: { label: "Read items", description: "See items, sources, presets, runs and the schedule." },
  run: { label: "Run", description: "Start and cancel runs, and see how they go." },
  manage: { label: "Manage", description: "Change sources, presets, saved views and the schedule." },
};

const NEVER = "never";

/** Lifetimes for the form, as texts. */
export const LIFETIME_OPTIONS = [
  ...KEY_LIFETIMES.map((days) => ({ value: String(days), label: days === 365 ? "In a year" : `In ${days} days` })),
  { value: NEVER, label: "Never" },
];

/** The lifetime that a text of `LIFETIME_OPTIONS` stands for, in days; null for never. */
export function lifetimeOf(option: string | null): number | null {
  return option === null || option === NEVER ? null : Number(option);
}

/** The inverse. */
export function lifetimeOption(days: number | null): string {
  return days === null ? NEVER : String(days);
}

const SOON_MS = 7 * 86_400_000;

/** Whether programs can still use the key, and for how long that is a good thing. */
export function keyLook(key: Pick<ApiKey, "revokedAt" | "expiresAt" | "replacedAt">, now: Date): StatusLook {
  if (key.revokedAt) return { tone: "quiet", icon: IconBan, word: "Revoked" };
  if (!isUsable(key, now)) return { tone: "quiet", icon: IconClockOff, word: "Expired" };
  if (key.replacedAt) return { tone: "warning", icon: IconReplace, word: "Replaced, still valid" };
  if (key.expiresAt && key.expiresAt.getTime() - now.getTime() < SOON_MS) return { tone: "warning", icon: IconAlertTriangle, word: "Expires soon" };
  return { tone: "good", icon: IconCheck, word: "Valid" };
}

/** What a person can copy to try a key: the newest ten items. */
export function curlExample(baseUrl: string, token: string): string {
  const input = encodeURIComponent(JSON.stringify({ json: { limit: 10 } }));
  return `curl -H "Authorization: Bearer ${token}" "${baseUrl}/api/trpc/item.list?input=${input}"`;
}

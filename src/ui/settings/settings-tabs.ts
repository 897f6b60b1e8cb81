/** The pages under Settings, in their order. */
export const SETTINGS_TABS = [
  { href: "/settings/members", label: "Members" },
  { href: "/settings/notifications", label: "Notifications" },
  { href: "/settings/api-keys", label: "API keys" },
  { href: "/settings/api", label: "API" },
  { href: "/settings/audit", label: "Audit" },
] as const;

import { IconCalendarClock, IconHeartbeat, IconListCheck, IconNews, IconRss, IconSettings } from "@tabler/icons-react";

/** The main pages, in the order in which a newcomer needs them. `key` follows "g" in the shortcut that leads there. */
export const NAVIGATION_ITEMS = [
  { href: "/schedule", label: "Schedule", icon: IconCalendarClock, key: "s" },
  { href: "/runs", label: "Runs", icon: IconListCheck, key: "r" },
  { href: "/items", label: "Items", icon: IconNews, key: "i" },
  { href: "/sources", label: "Sources", icon: IconRss, key: "o" },
  { href: "/settings", label: "Settings", icon: IconSettings, key: "e" },
  { href: "/system", label: "System", icon: IconHeartbeat, key: "y" },
] as const;

/** True for the page itself and for the pages below it. */
export function isWithin(pathname: string, href: string): boolean {
  return pathname === href || pathname.startsWith(`${href}/`);
}

import { IconCalendarClock, IconHeartbeat, IconListCheck, IconNews, IconRss, IconSettings } from "@tabler/icons-react";

/** The main pages, in the order in which a newcomer needs them. */
export const NAVIGATION_ITEMS = [
  { href: "/schedule", label: "Schedule", icon: IconCalendarClock },
  { href: "/runs", label: "Runs", icon: IconListCheck },
  { href: "/items", label: "Items", icon: IconNews },
  { href: "/sources", label: "Sources", icon: IconRss },
  { href: "/settings", label: "Settings", icon: IconSettings },
  { href: "/system", label: "System", icon: IconHeartbeat },
] as const;

/** True for the page itself and for the pages below it. */
export function isWithin(pathname: string, href: string): boolean {
  return pathname === href || pathname.startsWith(`${href}/`);
}

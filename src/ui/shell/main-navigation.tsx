"use client";
import { usePathname } from "next/navigation";
import { AppLink } from "./app-link";
import classes from "./main-navigation.module.css";
import { NavigationBadge } from "./navigation-badge";
import { isWithin, NAVIGATION_ITEMS } from "./navigation-items";

/** The links to the main pages. Both placements are rendered and the style sheet hides one, so that nothing moves on hydration. */
export function MainNavigation({ placement }: { placement: "top" | "bottom" }) {
  const pathname = usePathname();
  return (
    <nav aria-label="Main" className={placement === "top" ? classes.top : classes.bottom}>
      <ul className={classes.list}>
        {NAVIGATION_ITEMS.map(({ href, label, icon: ItemIcon }) => (
          <li key={href} className={classes.item}>
            <AppLink href={href} className={classes.link} aria-current={isWithin(pathname, href) ? "page" : undefined}>
              <ItemIcon className={classes.icon} size={20} stroke={1.7} aria-hidden />
              {label}
              <NavigationBadge href={href} />
            </AppLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

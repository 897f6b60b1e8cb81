"use client";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { AppLink } from "@/ui/shell/app-link";
import { isWithin } from "@/ui/shell/navigation-items";
import classes from "./settings-frame.module.css";
import { SETTINGS_TABS } from "./settings-tabs";

/** The links among the pages under Settings, above each of them. Every page brings its own heading. */
export function SettingsFrame({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  return (
    <>
      <nav aria-label="Settings">
        <ul className={classes.list}>
          {SETTINGS_TABS.map(({ href, label }) => (
            <li key={href}>
              <AppLink href={href} className={classes.link} aria-current={isWithin(pathname, href) ? "page" : undefined}>
                {label}
              </AppLink>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </>
  );
}

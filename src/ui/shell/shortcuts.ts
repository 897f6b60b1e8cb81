import type { KeySequence } from "./key-sequence";
import { NAVIGATION_ITEMS } from "./navigation-items";

/** A shortcut of single keys: it leads to a page, or shows the list of shortcuts where there is none. */
export interface Shortcut extends KeySequence {
  label: string;
  href: string | null;
}

/** All of them; a person can turn them off. */
export const SHORTCUTS: readonly Shortcut[] = [
  ...NAVIGATION_ITEMS.map(({ href, label, key }): Shortcut => ({ keys: ["g", key], label: `Go to ${label}`, href })),
  { keys: ["g", "a"], label: "Go to your account", href: "/account" },
  { keys: ["?"], label: "Show this list", href: null },
];

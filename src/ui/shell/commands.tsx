"use client";
import { useHotkeys } from "@mantine/hooks";
import dynamic from "next/dynamic";
import { createContext, type ReactNode, useContext, useState } from "react";
import { loadPart } from "@/ui/display/load-part";
import { usePreferences } from "@/ui/time/preferences";
import { useGo } from "./use-go";
import { useShortcuts } from "./use-shortcuts";

// Loaded when first asked for: most pages are left without either.
const CommandPalette = dynamic(() => loadPart(() => import("./command-palette").then((module) => module.CommandPalette)), { ssr: false });
const ShortcutList = dynamic(() => loadPart(() => import("./shortcut-list").then((module) => module.ShortcutList)), { ssr: false });

type Shown = "palette" | "shortcuts" | null;

const ShowContext = createContext<(shown: Shown) => void>(() => {});

/** Opens the command palette or the list of shortcuts. */
export function useShowCommands(): (shown: Exclude<Shown, null>) => void {
  return useContext(ShowContext);
}

/** The command palette (Ctrl or ⌘ and K, also while typing) and the shortcuts of single keys, on every page inside. */
export function Commands({ children }: { children: ReactNode }) {
  const { go } = useGo();
  const { singleKeys } = usePreferences();
  const [shown, setShown] = useState<Shown>(null);
  const [wasShown, setWasShown] = useState({ palette: false, shortcuts: false });

  function show(next: Shown) {
    setShown(next);
    if (next) setWasShown((before) => ({ ...before, [next]: true }));
  }

  useHotkeys([["mod+K", () => show(shown === "palette" ? null : "palette")]], []);
  useShortcuts(singleKeys, ({ href }) => {
    if (href === null) show("shortcuts");
    else void go(href);
  });
  // What follows the palette, such as the list, is open by the time that the palette closes.
  const closeOnly = (one: Shown) => () => setShown((now) => (now === one ? null : now));
  return (
    <ShowContext value={show}>
      {children}
      {wasShown.palette && (
        <CommandPalette opened={shown === "palette"} onClose={closeOnly("palette")} onShowShortcuts={() => show("shortcuts")} isLast={shown !== "shortcuts"} />
      )}
      {wasShown.shortcuts && <ShortcutList opened={shown === "shortcuts"} onClose={closeOnly("shortcuts")} />}
    </ShowContext>
  );
}

"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext } from "react";
import { DEFAULT_PREFERENCES, type Preferences } from "@/domain/preferences";
import { useTRPC } from "@/ui/trpc/client";

const PreferencesContext = createContext<Preferences>(DEFAULT_PREFERENCES);

/** What the reader has chosen on their account page, for everything inside. The server renders with it, too, so nothing changes on load. */
export function PreferencesProvider({ children }: { children: ReactNode }) {
  const { data } = useSuspenseQuery(useTRPC().member.me.queryOptions());
  return <PreferencesContext value={data.preferences}>{children}</PreferencesContext>;
}

/** How this reader wants times, weeks and shortcuts. Pass `clockStyle` to the functions of `zoned-time.ts`. */
export function usePreferences(): Preferences {
  return useContext(PreferencesContext);
}

import { z } from "zod";

/** What the Sources page shows: one of its two tabs and, under Presets, the form of a preset. */
export interface SourcesView {
  tab: "sources" | "presets";
  /** `new`, a preset's id, or null for the list. */
  preset: string | null;
  failingOnly: boolean;
}

const presetParam = z.union([z.literal("new"), z.uuid()]);

/** Reads the address leniently: what means nothing shows the list of sources. */
export function sourcesViewOf(params: Record<string, string | string[] | undefined>): SourcesView {
  const tab = params.tab === "presets" ? "presets" : "sources";
  return {
    tab,
    preset: tab === "presets" ? (presetParam.safeParse(params.preset).data ?? null) : null,
    failingOnly: tab === "sources" && params.show === "failing",
  };
}

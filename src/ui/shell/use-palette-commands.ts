"use client";
import { useQuery } from "@tanstack/react-query";
import type { Schedule } from "@/domain/schedule";
import { RECENT_RUNS } from "@/ui/schedule/page-counts";
import { usePaused } from "@/ui/schedule/use-paused";
import { useTRPC } from "@/ui/trpc/client";
import { type Command, paletteCommands } from "./palette-commands";
import { useAttention } from "./use-attention";

/** The commands that the reader has now. Lists are read when the palette opens, unless the page has them already. */
export function usePaletteCommands(opened: boolean): { commands: Command[]; schedule: Schedule | null } {
  const trpc = useTRPC();
  const whileOpened = { enabled: opened };
  const { data: me } = useQuery(trpc.member.me.queryOptions());
  const { data: organizations = [] } = useQuery(trpc.organization.list.queryOptions());
  const { data: schedule = null } = useQuery(trpc.schedule.get.queryOptions(undefined, whileOpened));
  const { data: presets = [] } = useQuery(trpc.preset.list.queryOptions(undefined, whileOpened));
  const { data: sources = [] } = useQuery(trpc.source.list.queryOptions(undefined, whileOpened));
  const { data: page } = useQuery(trpc.run.list.queryOptions({ limit: RECENT_RUNS }, whileOpened));
  const activeRun = useAttention()?.activeRun ?? null;
  const isPaused = usePaused(schedule);
  if (!me) return { commands: [], schedule };
  const { role, organization } = me;
  const facts = { role, organizationId: organization.id, organizations, activeRun, isPaused, schedule, presets, sources, runs: page?.runs ?? [] };
  return { commands: paletteCommands(facts), schedule };
}

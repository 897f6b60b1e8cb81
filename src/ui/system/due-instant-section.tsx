"use client";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/ui/trpc/client";
import { DueInstantTable } from "./due-instant-table";
import { REFRESH_MS } from "./refresh";
import { SystemSection } from "./system-section";
import { useFreshAnswer } from "./use-fresh-answer";

/** The next slots of all organizations, for owners. */
export function DueInstantSection({ timeZone }: { timeZone: string }) {
  const instants = useFreshAnswer(useQuery(useTRPC().system.dueInstants.queryOptions(undefined, { refetchInterval: REFRESH_MS })));
  return <SystemSection title="Next slots">{instants && <DueInstantTable instants={instants} timeZone={timeZone} />}</SystemSection>;
}

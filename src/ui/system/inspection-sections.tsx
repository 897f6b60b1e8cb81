"use client";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/ui/trpc/client";
import { HeldRunTable } from "./held-run-table";
import { IncidentTable } from "./incident-table";
import { InstanceTable } from "./instance-table";
import { REFRESH_MS } from "./refresh";
import type { SystemInstance } from "./system-readings";
import { SystemSection } from "./system-section";
import { useFreshAnswer } from "./use-fresh-answer";

interface InspectionSectionsProps {
  /** Null when they are not known. */
  instances: readonly SystemInstance[] | null;
  timeZone: string;
}

/** What stands behind the tiles, for owners and admins. */
export function InspectionSections({ instances, timeZone }: InspectionSectionsProps) {
  const trpc = useTRPC();
  const incidents = useFreshAnswer(useQuery(trpc.system.incidents.queryOptions(undefined, { refetchInterval: REFRESH_MS })));
  const work = useFreshAnswer(useQuery(trpc.system.work.queryOptions(undefined, { refetchInterval: REFRESH_MS })));
  return (
    <>
      <SystemSection title="Recent incidents">{incidents && <IncidentTable incidents={incidents} timeZone={timeZone} />}</SystemSection>
      <SystemSection title="At work">{work && instances && <HeldRunTable runs={work.heldRuns} instances={instances} timeZone={timeZone} />}</SystemSection>
      <SystemSection title="Processes">{instances && <InstanceTable instances={instances} timeZone={timeZone} />}</SystemSection>
    </>
  );
}

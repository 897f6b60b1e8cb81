"use client";
import { Group, Stack, Text } from "@mantine/core";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { may } from "@/domain/roles";
import { timeZoneCity } from "@/domain/time-zone";
import { PageTitle } from "@/ui/shell/page-title";
import { ErrorState } from "@/ui/states/error-state";
import { PageSkeleton } from "@/ui/states/page-skeleton";
import { usePreferences } from "@/ui/time/preferences";
import { formatClockWithSeconds } from "@/ui/time/zoned-time";
import { useTRPC } from "@/ui/trpc/client";
import { DiagnosticsButton } from "./diagnostics-button";
import { DueInstantSection } from "./due-instant-section";
import { InspectionSections } from "./inspection-sections";
import { REFRESH_MS, SLOW_REFRESH_MS } from "./refresh";
import { SlotRecordSection } from "./slot-record-section";
import { SystemSection } from "./system-section";
import { systemTiles } from "./system-tiles";
import { TileGrid } from "./tile-grid";
import { useFreshAnswer } from "./use-fresh-answer";

/** The System page: is the clock running, and does everything behind it answer? What is behind the tiles is for owners and admins. */
export function SystemView() {
  const trpc = useTRPC();
  const { data: me } = useSuspenseQuery(trpc.member.me.queryOptions());
  const { timeZone } = me.organization;
  const { clockStyle } = usePreferences();
  const statusQuery = useQuery(trpc.system.status.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  const collectingQuery = useQuery(trpc.system.collecting.queryOptions(undefined, { refetchInterval: SLOW_REFRESH_MS }));
  const recordQuery = useQuery(trpc.system.slotRecord.queryOptions(undefined, { refetchInterval: SLOW_REFRESH_MS }));
  const status = useFreshAnswer(statusQuery);
  const collecting = useFreshAnswer(collectingQuery);
  const record = useFreshAnswer(recordQuery);
  const queries = [statusQuery, collectingQuery, recordQuery];
  const failed = queries.find((query) => query.isError);
  const inspects = may(me.role, "system.inspect");
  if (queries.some((query) => query.isPending)) return <PageSkeleton blocks={[40, 300, 160]} />;
  return (
    <Stack gap="xl">
      <Group justify="space-between">
        <PageTitle>System</PageTitle>
        <Group gap="md">
          {statusQuery.data && (
            <Text size="sm" c="dimmed">
              Checked {formatClockWithSeconds(statusQuery.data.serverTime, timeZone, clockStyle)} {timeZoneCity(timeZone)}
            </Text>
          )}
          {inspects && <DiagnosticsButton />}
        </Group>
      </Group>
      {failed && (
        <ErrorState title="The state of the system could not be read" error={failed.error} retry={() => queries.forEach((query) => void query.refetch())} />
      )}
      <TileGrid tiles={systemTiles({ status, record, collecting })} timeZone={timeZone} />
      <SystemSection title="Slots of the last 24 hours">{record && <SlotRecordSection record={record} timeZone={timeZone} />}</SystemSection>
      {may(me.role, "system.dueTimes") && <DueInstantSection timeZone={timeZone} />}
      {inspects ? (
        <InspectionSections instances={status?.instances ?? null} timeZone={timeZone} />
      ) : (
        <Text size="sm" c="dimmed">
          This is a summary. Owners and admins also see processes, what is at work and recent incidents.
        </Text>
      )}
    </Stack>
  );
}

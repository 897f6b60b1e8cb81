"use client";
import { Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMembership } from "@/ui/session/use-membership";
import { PageTitle } from "@/ui/shell/page-title";
import { ErrorState } from "@/ui/states/error-state";
import { PageSkeleton } from "@/ui/states/page-skeleton";
import { useTRPC } from "@/ui/trpc/client";
import { formatCheckedAt } from "./checked-at";
import { DueInstantTable } from "./due-instant-table";
import { HeldRunTable } from "./held-run-table";
import { InstanceTable } from "./instance-table";
import { SlotRecordSection } from "./slot-record-section";
import { SystemSection } from "./system-section";
import { systemTiles } from "./system-tiles";
import { TileGrid } from "./tile-grid";
import { useFreshAnswer } from "./use-fresh-answer";

const REFRESH_MS = 10_000;
/** An answer older than this says nothing about the present. */
const STALE_MS = 30_000;
/** Reading a day of the ledger costs more, and changes less. */
const RECORD_REFRESH_MS = 30_000;
const RECORD_STALE_MS = 90_000;

/** The System page: is the clock running, and does everything behind it answer? */
export function SystemView() {
  const trpc = useTRPC();
  const { timeZone } = useMembership();
  const statusQuery = useQuery(trpc.system.status.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  const workQuery = useQuery(trpc.system.work.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  const recordQuery = useQuery(trpc.system.slotRecord.queryOptions(undefined, { refetchInterval: RECORD_REFRESH_MS }));
  const status = useFreshAnswer(statusQuery, STALE_MS);
  const work = useFreshAnswer(workQuery, STALE_MS);
  const record = useFreshAnswer(recordQuery, RECORD_STALE_MS);
  const failed = [statusQuery, workQuery, recordQuery].find((query) => query.isError);
  const retry = () => [statusQuery, workQuery, recordQuery].forEach((query) => void query.refetch());

  if (statusQuery.isPending || workQuery.isPending || recordQuery.isPending) return <PageSkeleton blocks={[40, 300, 160]} />;
  return (
    <Stack gap="xl">
      <Group justify="space-between">
        <PageTitle>System</PageTitle>
        {statusQuery.data && (
          <Text size="sm" c="dimmed">
            Checked {formatCheckedAt(statusQuery.data.serverTime, timeZone)}
          </Text>
        )}
      </Group>
      {failed && <ErrorState title="The state of the system could not be read" error={failed.error} retry={retry} />}
      <TileGrid tiles={systemTiles({ status, record })} timeZone={timeZone} />
      <SystemSection title="Slots of the last 24 hours">{record && <SlotRecordSection record={record} timeZone={timeZone} />}</SystemSection>
      <SystemSection title="Next slots">{work && <DueInstantTable instants={work.dueInstants} timeZone={timeZone} />}</SystemSection>
      <SystemSection title="At work">{work && status && <HeldRunTable runs={work.heldRuns} instances={status.instances} timeZone={timeZone} />}</SystemSection>
      <SystemSection title="Processes">{status && <InstanceTable instances={status.instances} timeZone={timeZone} />}</SystemSection>
    </Stack>
  );
}

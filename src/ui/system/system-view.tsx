"use client";
import { Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { systemClock } from "@/domain/clock";
import { useMembership } from "@/ui/session/use-membership";
import { PageTitle } from "@/ui/shell/page-title";
import { ErrorState } from "@/ui/states/error-state";
import { PageSkeleton } from "@/ui/states/page-skeleton";
import { useNow } from "@/ui/time/now";
import { useTRPC } from "@/ui/trpc/client";
import { formatCheckedAt } from "./checked-at";
import { InstanceTable } from "./instance-table";
import { systemTiles } from "./system-tiles";
import { TileGrid } from "./tile-grid";

const REFRESH_MS = 10_000;
/** A reading older than this says nothing about the present. */
const STALE_MS = 30_000;

/** The System page: is the clock running, and does everything behind it answer? */
export function SystemView() {
  const trpc = useTRPC();
  const { timeZone } = useMembership();
  const query = useQuery(trpc.system.status.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  const { data: status, dataUpdatedAt, isFetchedAfterMount, isError, error } = query;
  useNow();
  // By the browser's own clock, as `dataUpdatedAt` is; only the first reading carries the server's time.
  const isStale = isFetchedAfterMount && systemClock.now().getTime() - dataUpdatedAt > STALE_MS;
  const trusted = status && !isError && !isStale ? status : null;

  if (query.isPending) return <PageSkeleton blocks={[40, 300, 160]} />;
  return (
    <Stack gap="xl">
      <Group justify="space-between">
        <PageTitle>System</PageTitle>
        {status && (
          <Text size="sm" c="dimmed">
            Checked {formatCheckedAt(status.serverTime, timeZone)}
          </Text>
        )}
      </Group>
      {isError && <ErrorState title="The state of the system could not be read" error={error} retry={() => void query.refetch()} />}
      <TileGrid tiles={systemTiles(trusted)} timeZone={timeZone} />
      {trusted && (
        <Stack component="section" gap="sm">
          <Title order={2} size="h3">
            Processes
          </Title>
          {trusted.instances.length === 0 ? (
            <Text c="dimmed">No process has reported within the last hour.</Text>
          ) : (
            <InstanceTable instances={trusted.instances} timeZone={timeZone} />
          )}
        </Stack>
      )}
    </Stack>
  );
}

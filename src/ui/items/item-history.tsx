"use client";
import { Anchor, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ItemChange } from "@/domain/item-change";
import { AppLink } from "@/ui/shell/app-link";
import { ErrorState } from "@/ui/states/error-state";
import { Instant } from "@/ui/time/instant";
import { useTRPC } from "@/ui/trpc/client";
import { FieldChanges } from "./field-changes";

/** What runs changed about an item, the newest first. Changes are kept as long as their runs. */
export function ItemHistory({ itemId, timeZone }: { itemId: string; timeZone: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.item.changes.queryOptions({ itemId }));
  return (
    <Stack component="section" gap="sm" aria-label="Change history">
      <Title order={3} size="h5">
        Change history
      </Title>
      {query.isPending && <Skeleton height={60} />}
      {query.isError && <ErrorState title="Could not load the changes" error={query.error} effect="The item is as shown." retry={() => void query.refetch()} />}
      {query.data?.length === 0 && (
        <Text c="dimmed">No change is kept: changes go with the runs that brought them, and a run keeps those of 1,000 items a source.</Text>
      )}
      {query.data?.map((change) => (
        <Change key={change.runId} change={change} timeZone={timeZone} />
      ))}
    </Stack>
  );
}

const PRESENCE_WORDS = {
  gone: "Gone: the list of its source did not hold it any more.",
  returned: "Came back: the list of its source held it again.",
} as const;

function Change({ change, timeZone }: { change: ItemChange; timeZone: string }) {
  return (
    <Stack gap={2}>
      <Text size="sm" c="dimmed">
        <Instant at={change.at} timeZone={timeZone} />, in{" "}
        <Anchor component={AppLink} href={`/runs/${change.runId}`} prefetch={false} inherit underline="always">
          run {change.runNumber}
        </Anchor>
      </Text>
      {change.presence && <Text size="sm">{PRESENCE_WORDS[change.presence]}</Text>}
      <FieldChanges changes={change.fields} more={change.moreFields} />
    </Stack>
  );
}

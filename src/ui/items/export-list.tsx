"use client";
import { Button, Group, Paper, Progress, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconBan, IconCircleCheck, IconClock, IconLoader } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { isGoing, type LargeExport } from "@/domain/large-export";
import { PageSection } from "@/ui/display/page-section";
import { StatusBadge, type StatusLook } from "@/ui/display/status-badge";
import { errorMessage } from "@/ui/error-message";
import { Instant } from "@/ui/time/instant";
import { useTRPC } from "@/ui/trpc/client";
import { stateWords } from "./export-words";

const LOOK_MS = 1_000;

const LOOKS: Record<LargeExport["status"], StatusLook> = {
  queued: { tone: "quiet", icon: IconClock, word: "Queued" },
  running: { tone: "busy", icon: IconLoader, word: "Running" },
  done: { tone: "good", icon: IconCircleCheck, word: "Ready" },
  failed: { tone: "bad", icon: IconAlertTriangle, word: "Failed" },
  cancelled: { tone: "quiet", icon: IconBan, word: "Cancelled" },
};

/** The exports that a worker wrote or writes, the newest first. Nothing while there are none. */
export function ExportList({ timeZone }: { timeZone: string }) {
  const trpc = useTRPC();
  const { data = [] } = useQuery(
    trpc.export.list.queryOptions(undefined, { refetchInterval: ({ state }) => (state.data?.some(isGoing) ? LOOK_MS : false), staleTime: 0 }),
  );
  if (data.length === 0) return null;
  return (
    <PageSection title="Prepared files">
      <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: "none" }}>
        {data.map((each) => (
          <li key={each.id}>
            <ExportRow exported={each} timeZone={timeZone} />
          </li>
        ))}
      </Stack>
    </PageSection>
  );
}

function ExportRow({ exported, timeZone }: { exported: LargeExport; timeZone: string }) {
  const { fileName, createdAt, createdByName, expiresAt, itemsDone, total, status } = exported;
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between" align="flex-start">
        <Stack gap={2} flex={1} miw={220}>
          <Group gap="xs">
            <Text fw={600} style={{ overflowWrap: "anywhere" }}>
              {fileName}
            </Text>
            <StatusBadge look={LOOKS[status]} />
          </Group>
          <Text size="sm" style={{ fontVariantNumeric: "tabular-nums", overflowWrap: "anywhere" }}>
            {stateWords(exported)}
          </Text>
          {status === "running" && total !== null && total > 0 && (
            <Progress.Root size="md">
              <Progress.Section value={(100 * itemsDone) / total} aria-label={`Progress of ${fileName}`} aria-valuetext={stateWords(exported)} />
            </Progress.Root>
          )}
          <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
            Started <Instant at={createdAt} timeZone={timeZone} /> by {createdByName}.
            {expiresAt && (
              <>
                {" "}
                Kept until <Instant at={expiresAt} timeZone={timeZone} />.
              </>
            )}
          </Text>
        </Stack>
        <ExportActions exported={exported} />
      </Group>
    </Paper>
  );
}

function ExportActions({ exported }: { exported: LargeExport }) {
  const { id, fileName, status } = exported;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const options = { onSettled: () => queryClient.invalidateQueries(trpc.export.list.queryFilter()) };
  const cancel = useMutation(trpc.export.cancel.mutationOptions(options));
  const remove = useMutation(trpc.export.remove.mutationOptions(options));
  const error = cancel.error ?? remove.error;
  return (
    <Group gap="xs">
      {status === "done" && (
        <Button size="compact-sm" component="a" href={`/api/items/exports/${id}`} download aria-label={`Download ${fileName}`}>
          Download
        </Button>
      )}
      {isGoing(exported) ? (
        <Button size="compact-sm" variant="default" loading={cancel.isPending} aria-label={`Cancel ${fileName}`} onClick={() => cancel.mutate({ id })}>
          Cancel
        </Button>
      ) : (
        <Button size="compact-sm" variant="default" loading={remove.isPending} aria-label={`Delete ${fileName}`} onClick={() => remove.mutate({ id })}>
          Delete
        </Button>
      )}
      {error && (
        <Text size="sm" role="alert" c="var(--mantine-color-error)">
          {errorMessage(error)}
        </Text>
      )}
    </Group>
  );
}

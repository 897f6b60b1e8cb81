"use client";
import { Alert, Anchor, Breadcrumbs, Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { IconListDetails } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import type { RunDetail } from "@/domain/run";
import { isActive } from "@/domain/run-status";
import { loadPart } from "@/ui/display/load-part";
import { PageSection } from "@/ui/display/page-section";
import { itemViewHref } from "@/ui/items/item-filter";
import { ItemList } from "@/ui/items/item-list";
import { useMembership } from "@/ui/session/use-membership";
import { AppLink } from "@/ui/shell/app-link";
import { PageTitle } from "@/ui/shell/page-title";
import { CancelRunButton } from "./cancel-run-button";
import { LiveChip } from "./live-chip";
import { RetryFailedButton } from "./retry-failed-button";
import { RunAgainButton } from "./run-again-button";
import { RunAnnouncer } from "./run-announcer";
import { RunFacts } from "./run-facts";
import { RunNote } from "./run-note";
import { RunProgressBar } from "./run-progress-bar";
import { RunSourceTable } from "./run-source-table";
import { RunStatusBadge } from "./run-status-badge";
import type { LiveMode } from "./stream-health";
import { UnusualZeroBadge } from "./unusual-zero-badge";
import { useLiveRun } from "./use-live-run";
import { useRunZone } from "./use-run-zone";

const LOG_HEIGHT = 460;
// The list that draws only what is in view is needed here alone, and below what the page is opened for.
const RunLog = dynamic(() => loadPart(() => import("./run-log").then((module) => module.RunLog)), {
  ssr: false,
  loading: () => <Skeleton height={LOG_HEIGHT} radius="md" />,
});

/** One run, live while it is going. */
export function RunView({ runId }: { runId: string }) {
  const { run, mode } = useLiveRun(runId);
  const { canEdit } = useMembership();
  const timeZone = useRunZone();
  const collected = run.status !== "skipped" && run.status !== "missed";
  return (
    <Stack gap="xl">
      <RunHead run={run} mode={mode} canEdit={canEdit} />
      <RunAnnouncer run={run} />
      {isActive(run.status) && <RunProgressBar run={run} />}
      <RunNote run={run} timeZone={timeZone} />
      <RunFacts run={run} timeZone={timeZone} />
      {collected ? (
        <RunResults run={run} timeZone={timeZone} />
      ) : (
        <Alert title="Nothing was collected for this slot">It stands here so that no scheduled time goes unexplained.</Alert>
      )}
    </Stack>
  );
}

function RunHead({ run, mode, canEdit }: { run: RunDetail; mode: LiveMode; canEdit: boolean }) {
  const active = isActive(run.status);
  return (
    <Stack gap="xs">
      <Breadcrumbs>
        <Anchor component={AppLink} href="/runs" underline="always">
          Runs
        </Anchor>
        <Text>Run {run.number}</Text>
      </Breadcrumbs>
      <Group justify="space-between">
        <Group gap="sm">
          <PageTitle>Run {run.number}</PageTitle>
          <RunStatusBadge status={run.status} cancelling={active && run.cancelRequestedAt !== null} />
          <UnusualZeroBadge run={run} />
          <LiveChip mode={mode} />
        </Group>
        <Group gap="sm">
          {!active && run.sourceCount > 0 && <ShowItemsButton runId={run.id} />}
          {canEdit && (active ? <CancelRunButton run={run} /> : <EndedRunButtons run={run} />)}
        </Group>
      </Group>
    </Stack>
  );
}

function EndedRunButtons({ run }: { run: RunDetail }) {
  return (
    <>
      <RetryFailedButton run={run} />
      <RunAgainButton run={run} />
    </>
  );
}

function ShowItemsButton({ runId }: { runId: string }) {
  return (
    <Button component={AppLink} href={itemViewHref({ runId })} variant="default" leftSection={<IconListDetails size={16} aria-hidden />}>
      Show items
    </Button>
  );
}

const NO_ITEMS_YET = "No new or changed items yet.";
const NO_ITEMS = "This run brought no new or changed items.";

function RunResults({ run, timeZone }: { run: RunDetail; timeZone: string }) {
  const active = isActive(run.status);
  return (
    <>
      <PageSection title="Sources">
        <RunSourceTable run={run} />
      </PageSection>
      <PageSection title="Event log">
        <RunLog run={run} timeZone={timeZone} />
      </PageSection>
      <PageSection title="Items of this run">
        <ItemList filter={{ runId: run.id }} timeZone={timeZone} refetchMs={active ? 3_000 : false} empty={active ? NO_ITEMS_YET : NO_ITEMS} />
      </PageSection>
    </>
  );
}

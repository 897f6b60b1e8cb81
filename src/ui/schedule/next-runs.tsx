"use client";
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import type { Ref } from "react";
import { PlainChoice } from "@/ui/display/plain-choice";
import { ErrorState } from "@/ui/states/error-state";
import { PageSkeleton } from "@/ui/states/page-skeleton";
import { useViewerZone } from "@/ui/time/viewer-zone";
import classes from "./next-runs.module.css";
import { NextRunsTable } from "./next-runs-table";
import { PREVIEW_COUNT } from "./page-counts";
import { PreviewDayField } from "./preview-day-field";
import { shownZones } from "./shown-zones";
import type { NextRunsState } from "./use-next-runs";
import { useShowsUtc } from "./use-shows-utc";

const MORE_COUNT = 25;
/** What ten rows take, in px. */
const ROWS_HEIGHT = 400;

interface NextRunsProps {
  runs: NextRunsState;
  timeZone: string;
  /** The rows are of something else than what stands on the screen. */
  isStale: boolean;
  /** What stands above runs that will not simply come. */
  lead: string | null;
  /** The slot that is left out. */
  skipSlotAt: Date | null;
  titleRef: Ref<HTMLHeadingElement>;
}

/** When the coming runs are, in the schedule's zone, the reader's and UTC; computed by the code that fires them. */
export function NextRuns({ runs, timeZone, isStale, lead, skipSlotAt, titleRef }: NextRunsProps) {
  const viewerZone = useViewerZone();
  const [showsUtc, setShowsUtc] = useShowsUtc();
  const rows = runs.preview.data?.ok ? runs.preview.data.rows : [];
  const otherCount = runs.count === PREVIEW_COUNT ? MORE_COUNT : PREVIEW_COUNT;
  const zones = shownZones(rows, timeZone, viewerZone, showsUtc);
  return (
    <Stack gap="sm" component="section" aria-labelledby="next-title">
      <div>
        <Group justify="space-between" gap="xs">
          <Title order={2} size="h4" id="next-title" ref={titleRef} tabIndex={-1}>
            Next runs
          </Title>
          {zones.canShowUtc && (
            <PlainChoice type="checkbox" label="Show UTC" checked={showsUtc} onChange={(event) => setShowsUtc(event.currentTarget.checked)} />
          )}
        </Group>
        {lead && (
          <Text size="sm" c="dimmed">
            {lead}
          </Text>
        )}
      </div>
      <PreviewDayField day={runs.day} onDay={runs.setDay} problem={runs.dayProblem} />
      {rows.length === 0 ? (
        <NoRows runs={runs} isStale={isStale} />
      ) : (
        <NextRunsTable
          rows={rows}
          timeZone={timeZone}
          zones={zones}
          from={runs.from}
          skipSlotAt={skipSlotAt}
          isStale={isStale}
          isUnreadable={!runs.preview.computable}
        />
      )}
      {rows.length >= PREVIEW_COUNT && (
        <Group>
          <Button variant="default" size="sm" onClick={() => runs.setCount(otherCount)}>
            Show {otherCount}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function NoRows({ runs: { preview, from }, isStale }: { runs: NextRunsState; isStale: boolean }) {
  if (preview.isError) {
    const retry = () => void preview.refetch();
    return <ErrorState title="Preview is unavailable" error={preview.error} effect="Your schedule is unchanged and still runs." retry={retry} />;
  }
  if (preview.isFetching) return <PageSkeleton blocks={[ROWS_HEIGHT]} />;
  const isKnown = preview.data?.ok === true && !isStale;
  return (
    <Text size="sm" c="dimmed" className={classes.place}>
      {isKnown
        ? `There is no run within ${from ? "five years of that day" : "the next five years"}.`
        : "The next runs show here once the expression can be used."}
    </Text>
  );
}

"use client";
import { Button, Group, Stack, Table, Text, Title } from "@mantine/core";
import type { SchedulePreview } from "@/domain/schedule";
import { timeZoneCity } from "@/domain/time-zone";
import { ErrorState } from "@/ui/states/error-state";
import { formatDuration } from "@/ui/time/duration";
import { useViewerZone } from "@/ui/time/viewer-zone";
import { sameClock } from "@/ui/time/zoned-time";
import { clockWithSeconds } from "./coming-run";
import { NextRunRow } from "./next-run-row";
import classes from "./next-runs.module.css";
import { PREVIEW_COUNT } from "./page-counts";

const MORE_COUNT = 25;

interface NextRunsProps {
  preview: {
    data: SchedulePreview | undefined;
    error: unknown;
    isPlaceholderData: boolean;
    computable: boolean;
    refetch: () => Promise<unknown>;
  };
  timeZone: string;
  /** The rows belong to an expression that is not on the screen any more. */
  isOutdated: boolean;
  /** What stands above runs that will not simply come. */
  lead: string | null;
  /** The slot that is left out. */
  skipSlotAt: Date | null;
  count: number;
  onCount: (count: number) => void;
}

/** When the coming runs are, in the schedule's zone, the reader's and UTC; computed by the code that fires them. */
export function NextRuns({ preview, timeZone, isOutdated, lead, skipSlotAt, count, onCount }: NextRunsProps) {
  const rows = preview.data?.ok ? preview.data.rows : [];
  const dim = isOutdated || preview.isPlaceholderData || !preview.computable;
  return (
    <Stack gap="sm" component="section" aria-labelledby="next-title">
      <div>
        <Title order={2} size="h4" id="next-title">
          Next runs
        </Title>
        {lead && (
          <Text size="sm" c="dimmed">
            {lead}
          </Text>
        )}
      </div>
      {preview.error !== null && preview.error !== undefined && rows.length === 0 ? (
        <ErrorState
          title="Preview is unavailable"
          error={preview.error}
          effect="Your schedule is unchanged and still runs."
          retry={() => void preview.refetch()}
        />
      ) : (
        <NextRunsTable
          rows={rows}
          timeZone={timeZone}
          skipSlotAt={skipSlotAt}
          dim={dim}
          isStale={!preview.computable}
          isKnown={preview.data?.ok === true && !dim}
        />
      )}
      {count < MORE_COUNT && rows.length === PREVIEW_COUNT && (
        <Group>
          <Button variant="default" size="sm" onClick={() => onCount(MORE_COUNT)}>
            Show {MORE_COUNT}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

type PreviewRow = Extract<SchedulePreview, { ok: true }>["rows"][number];

interface NextRunsTableProps {
  rows: readonly PreviewRow[];
  timeZone: string;
  skipSlotAt: Date | null;
  dim: boolean;
  isStale: boolean;
  /** No rows then means that there are none. */
  isKnown: boolean;
}

function NextRunsTable({ rows, timeZone, skipSlotAt, dim, isStale, isKnown }: NextRunsTableProps) {
  const viewerZone = useViewerZone();
  const differ = (one: string, other: string) => rows.some(({ at }) => !sameClock(at, one, other));
  const shownViewerZone = viewerZone && differ(viewerZone, timeZone) ? viewerZone : null;
  const shownUtc = differ("UTC", timeZone) && (shownViewerZone === null || differ("UTC", shownViewerZone));
  if (rows.length === 0) {
    return (
      <Text size="sm" c="dimmed" className={classes.place}>
        {isKnown ? "There is no run within the next five years." : "The next runs show here once the expression can be used."}
      </Text>
    );
  }
  return (
    <Table verticalSpacing={6} horizontalSpacing={8} captionSide="top">
      <Table.Caption className={classes.caption}>
        {isStale ? "From before your last change, as what stands there now cannot be read. " : ""}
        {`Times in ${timeZoneCity(timeZone)}`}
        {shownViewerZone && `, and for you in ${timeZoneCity(shownViewerZone)}`}. {rows[0] && spreadSentence(rows[0], timeZone)}
      </Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>When</Table.Th>
          <Table.Th>{timeZoneCity(timeZone)}</Table.Th>
          {shownViewerZone && <Table.Th>Your time</Table.Th>}
          {shownUtc && <Table.Th>UTC</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody className={classes.rows} data-dim={dim || undefined}>
        {rows.map((row) => (
          <NextRunRow
            key={row.at.getTime()}
            row={row}
            isLeftOut={row.at.getTime() === skipSlotAt?.getTime()}
            timeZone={timeZone}
            besides={[shownViewerZone, shownUtc ? "UTC" : null].filter((zone) => zone !== null)}
          />
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** How much later than its time every run starts; empty where there is no spread. */
function spreadSentence({ at, startsAt }: PreviewRow, timeZone: string): string {
  const laterMs = startsAt.getTime() - at.getTime();
  if (laterMs === 0) return "";
  return `Each starts ${formatDuration(laterMs)} later, the first at ${clockWithSeconds(startsAt, timeZone)}: your organization's share of the spread.`;
}

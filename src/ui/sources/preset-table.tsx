"use client";
import { Anchor, Table, Text } from "@mantine/core";
import { IconCalendarClock } from "@tabler/icons-react";
import type { ComponentProps } from "react";
import type { Preset } from "@/domain/preset";
import { timeZoneCity } from "@/domain/time-zone";
import { TableHead } from "@/ui/display/data-table";
import { NameList } from "@/ui/display/name-list";
import { NoValue } from "@/ui/display/no-value";
import { StackedCell, StackedRow, StackedRowHead, StackedTable } from "@/ui/display/stacked-table";
import { StatusBadge } from "@/ui/display/status-badge";
import { AppLink } from "@/ui/shell/app-link";
import { Instant } from "@/ui/time/instant";
import classes from "./preset-table.module.css";
import { presetsHref } from "./presets-href";
import { sourcesWords } from "./sources-words";

interface PresetTableProps {
  presets: readonly Preset[];
  timeZone: string;
  canEdit: boolean;
}

/** All presets, with what the schedule collects and what fails in them. */
export function PresetTable({ presets, timeZone, canEdit }: PresetTableProps) {
  return (
    <StackedTable caption={`Presets. Times are ${timeZoneCity(timeZone)} time.`} minWidth={720}>
      <TableHead columns={["Preset", "Sources", "Used by", "Last success"]} />
      <Table.Tbody role="rowgroup">
        {presets.map((preset) => (
          <StackedRow key={preset.id} className={classes.preset}>
            <StackedRowHead area="preset">{canEdit ? <PresetLink preset={preset} /> : preset.name}</StackedRowHead>
            <StackedCell area="sources">
              <SourceNames preset={preset} />
            </StackedCell>
            <StackedCell area="used" label="Used by">
              {preset.usedBySchedule ? <StatusBadge look={{ tone: "busy", icon: IconCalendarClock, word: "Schedule" }} /> : <NoValue>Nothing</NoValue>}
            </StackedCell>
            <StackedCell area="success" label="Last success">
              {preset.lastSuccessAt ? <Instant at={preset.lastSuccessAt} timeZone={timeZone} relative /> : <NoValue>Never</NoValue>}
            </StackedCell>
          </StackedRow>
        ))}
      </Table.Tbody>
    </StackedTable>
  );
}

function PresetLink({ preset }: { preset: Preset }) {
  return (
    <Anchor component={AppLink} href={presetsHref(preset.id)} prefetch={false} inherit underline="always" display="inline-block" py={2}>
      {preset.name}
    </Anchor>
  );
}

function SourceNames({ preset: { sources } }: { preset: Preset }) {
  const failing = sources.filter((source) => source.failing);
  return (
    <>
      {sourcesWords(sources.length)}
      <Text size="sm" c="dimmed">
        <FirstNames names={sources.map(({ id, name, enabled, enabledHere }) => ({ id, name, note: enabled && enabledHere ? "" : " (off)" }))} />
      </Text>
      {failing.length > 0 && (
        <Text size="sm" fw={600} c="var(--mantine-color-error)">
          Failing: <FirstNames names={failing} />
        </Text>
      )}
    </>
  );
}

/** A preset may hold a thousand. */
const NAMES_SHOWN = 8;

function FirstNames({ names }: ComponentProps<typeof NameList>) {
  const more = names.length - NAMES_SHOWN;
  return (
    <>
      <NameList names={names.slice(0, NAMES_SHOWN)} />
      {more > 0 && ` and ${more} more`}
    </>
  );
}

"use client";
import { Anchor, Table, Text } from "@mantine/core";
import { IconCalendarClock } from "@tabler/icons-react";
import type { Preset } from "@/domain/preset";
import { timeZoneCity } from "@/domain/time-zone";
import { DataTable, TableHead } from "@/ui/display/data-table";
import { NoValue } from "@/ui/display/no-value";
import { StatusBadge } from "@/ui/display/status-badge";
import { AppLink } from "@/ui/shell/app-link";
import { Instant } from "@/ui/time/instant";
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
    <DataTable caption={`Presets. Times are ${timeZoneCity(timeZone)} time.`} minWidth={720}>
      <TableHead columns={["Preset", "Sources", "Used by", "Last success"]} />
      <Table.Tbody>
        {presets.map((preset) => (
          <Table.Tr key={preset.id}>
            <Table.Th scope="row" style={{ overflowWrap: "anywhere" }}>
              {canEdit ? <PresetLink preset={preset} /> : preset.name}
            </Table.Th>
            <Table.Td maw={420} style={{ overflowWrap: "anywhere" }}>
              <SourceNames preset={preset} />
            </Table.Td>
            <Table.Td>
              {preset.usedBySchedule ? <StatusBadge look={{ tone: "busy", icon: IconCalendarClock, word: "Schedule" }} /> : <NoValue>Nothing</NoValue>}
            </Table.Td>
            <Table.Td>{preset.lastSuccessAt ? <Instant at={preset.lastSuccessAt} timeZone={timeZone} relative /> : <NoValue>Never</NoValue>}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </DataTable>
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
  const failing = sources.filter((source) => source.failing).map((source) => source.name);
  return (
    <>
      {sourcesWords(sources.length)}
      <Text size="sm" c="dimmed">
        {listed(sources.map((source) => (source.enabled && source.enabledHere ? source.name : `${source.name} (off)`)))}
      </Text>
      {failing.length > 0 && (
        <Text size="sm" fw={600} c="var(--mantine-color-error)">
          Failing: {listed(failing)}
        </Text>
      )}
    </>
  );
}

/** A preset may hold a thousand. */
const NAMES_SHOWN = 8;

function listed(names: readonly string[]): string {
  const more = names.length - NAMES_SHOWN;
  return more > 0 ? `${names.slice(0, NAMES_SHOWN).join(", ")} and ${more} more` : names.join(", ");
}

"use client";
import { Anchor, Table, Text } from "@mantine/core";
import type { Source } from "@/domain/source";
import { timeZoneCity } from "@/domain/time-zone";
import { CountCell, DataTable, TableHead } from "@/ui/display/data-table";
import { NoValue } from "@/ui/display/no-value";
import { hostOf } from "@/ui/runs/run-words";
import { AppLink } from "@/ui/shell/app-link";
import { Instant } from "@/ui/time/instant";
import { SourceHealth } from "./source-health";
import { SourceKindLabel } from "./source-kind";

const COLUMNS = ["Source", "Kind", "Presets", "Health", "Last success", "Items"];

/** All sources, each with the way to its page. */
export function SourceTable({ sources, timeZone }: { sources: readonly Source[]; timeZone: string }) {
  return (
    <DataTable caption={`Sources. Times are ${timeZoneCity(timeZone)} time.`} minWidth={820}>
      <TableHead columns={COLUMNS} numeric={["Items"]} />
      <Table.Tbody>
        {sources.map((source) => (
          <SourceRow key={source.id} source={source} timeZone={timeZone} />
        ))}
      </Table.Tbody>
    </DataTable>
  );
}

function SourceRow({ source, timeZone }: { source: Source; timeZone: string }) {
  return (
    <Table.Tr>
      <Table.Th scope="row" maw={280} style={{ overflowWrap: "anywhere" }}>
        <Anchor component={AppLink} href={`/sources/${source.id}`} prefetch={false} inherit underline="always" display="inline-block" py={2}>
          {source.name}
        </Anchor>
        <Text size="sm" c="dimmed">
          {hostOf(source.url)}
        </Text>
      </Table.Th>
      <Table.Td>
        <SourceKindLabel kind={source.kind} />
      </Table.Td>
      <Table.Td>{source.presets.length === 0 ? <NoValue /> : source.presets.map((preset) => preset.name).join(", ")}</Table.Td>
      <Table.Td>
        <SourceHealth source={source} timeZone={timeZone} />
      </Table.Td>
      <Table.Td>{source.lastSuccessAt ? <Instant at={source.lastSuccessAt} timeZone={timeZone} relative /> : <NoValue>Never</NoValue>}</Table.Td>
      <CountCell count={source.itemCount} />
    </Table.Tr>
  );
}

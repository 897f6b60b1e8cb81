"use client";
import { Anchor, Checkbox, Stack, Table, Text } from "@mantine/core";
import type { ListedSource } from "@/domain/source-page";
import { NoValue } from "@/ui/display/no-value";
import { hostOf } from "@/ui/runs/run-words";
import { AppLink } from "@/ui/shell/app-link";
import { presetNames } from "@/ui/sources/preset-names";
import { SourceKindLabel } from "@/ui/sources/source-kind";
import { Instant } from "@/ui/time/instant";
import { HealthStrip } from "./health-strip";
import { SourceHealth } from "./source-health";
import { noNextTryWords } from "./source-words";
import type { Selection } from "./use-selection";

interface SourceRowProps {
  source: ListedSource;
  timeZone: string;
  selection: Selection | null;
}

/** One source of the list. */
export function SourceRow({ source, timeZone, selection }: SourceRowProps) {
  const isChosen = selection?.ids.has(source.id) ?? false;
  return (
    <Table.Tr bg={isChosen ? "var(--mantine-primary-color-light)" : undefined}>
      {selection && (
        <Table.Td>
          <Checkbox aria-label={`Select ${source.name}`} checked={isChosen} onChange={(event) => selection.choose([source.id], event.currentTarget.checked)} />
        </Table.Td>
      )}
      <Table.Th scope="row" maw={280} style={{ overflowWrap: "anywhere" }}>
        <Anchor component={AppLink} href={`/sources/${source.id}`} prefetch={false} inherit underline="always" display="inline-block" py={2}>
          {source.name}
        </Anchor>
        <Text size="sm" c="dimmed" fw={400}>
          {hostOf(source.url)}
        </Text>
      </Table.Th>
      <Table.Td>
        <SourceKindLabel kind={source.kind} />
      </Table.Td>
      <Table.Td maw={200} style={{ overflowWrap: "anywhere" }}>
        {source.presets.length === 0 ? <NoValue /> : presetNames(source.presets)}
      </Table.Td>
      <Table.Td>
        <Stack gap={6}>
          <SourceHealth source={source} timeZone={timeZone} />
          <HealthStrip history={source.history} />
        </Stack>
      </Table.Td>
      <Table.Td>{source.lastSuccessAt ? <Instant at={source.lastSuccessAt} timeZone={timeZone} relative /> : <NoValue>Never</NoValue>}</Table.Td>
      <Table.Td>{source.nextTryAt ? <Instant at={source.nextTryAt} timeZone={timeZone} /> : <NoValue>{noNextTryWords(source)}</NoValue>}</Table.Td>
    </Table.Tr>
  );
}

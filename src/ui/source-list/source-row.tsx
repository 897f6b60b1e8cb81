"use client";
import { Anchor, Checkbox, Stack, Text } from "@mantine/core";
import type { ListedSource } from "@/domain/source-page";
import { NoValue } from "@/ui/display/no-value";
import { StackedCell, StackedRow, StackedRowHead } from "@/ui/display/stacked-table";
import { hostOf } from "@/ui/runs/run-words";
import { AppLink } from "@/ui/shell/app-link";
import { PresetNames } from "@/ui/sources/preset-names";
import { SourceKindLabel } from "@/ui/sources/source-kind";
import { Instant } from "@/ui/time/instant";
import { HealthStrip } from "./health-strip";
import { SourceHealth } from "./source-health";
import classes from "./source-table.module.css";
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
    <StackedRow className={classes.source} bg={isChosen ? "var(--mantine-primary-color-light)" : undefined}>
      {selection && (
        <StackedCell area="choose">
          <Checkbox aria-label={`Select ${source.name}`} checked={isChosen} onChange={(event) => selection.choose([source.id], event.currentTarget.checked)} />
        </StackedCell>
      )}
      <StackedRowHead area="source">
        <Anchor component={AppLink} href={`/sources/${source.id}`} prefetch={false} inherit underline="always" display="inline-block" py={2}>
          {source.name}
        </Anchor>
        <Text size="sm" c="dimmed" fw={400}>
          {hostOf(source.url)}
        </Text>
      </StackedRowHead>
      <StackedCell area="kind">
        <SourceKindLabel kind={source.kind} />
      </StackedCell>
      <StackedCell area="presets" label="Presets">
        {source.presets.length === 0 ? <NoValue /> : <PresetNames presets={source.presets} />}
      </StackedCell>
      <StackedCell area="health">
        <Stack gap={6}>
          <SourceHealth source={source} timeZone={timeZone} />
          <HealthStrip history={source.history} />
        </Stack>
      </StackedCell>
      <StackedCell area="success" label="Last success">
        {source.lastSuccessAt ? <Instant at={source.lastSuccessAt} timeZone={timeZone} relative /> : <NoValue>Never</NoValue>}
      </StackedCell>
      <StackedCell area="next" label="Next try">
        {source.nextTryAt ? <Instant at={source.nextTryAt} timeZone={timeZone} /> : <NoValue>{noNextTryWords(source)}</NoValue>}
      </StackedCell>
    </StackedRow>
  );
}

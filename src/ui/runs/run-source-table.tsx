"use client";
import { Table, Text } from "@mantine/core";
import { type CSSProperties, memo } from "react";
import type { RunDetail } from "@/domain/run";
import { ScrollBox } from "@/ui/display/scroll-box";
import { sortRunSources } from "./run-progress";
import { RunSourceRow } from "./run-source-row";
import classes from "./run-source-table.module.css";
import { TimelineHead } from "./source-timeline";
import type { TimeAxis } from "./time-axis";
import { useRunAxis } from "./use-run-axis";

const CAPTION = "Sources of this run, failing first.";

/** What became of each source of a run, failing ones first, along one axis of time. On a small screen each row is set as a card. */
export function RunSourceTable({ run }: { run: RunDetail }) {
  const { axis, nowPercent } = useRunAxis(run);
  if (run.sources.length === 0)
    return <Text c="dimmed">{run.status === "queued" ? "The sources show once a worker takes the run." : "This run has no sources."}</Text>;
  const now = nowPercent === null ? {} : { "--axis-now": `${nowPercent}%`, "--axis-now-shown": "block" };
  return (
    <ScrollBox label={CAPTION} className={classes.box} style={now as CSSProperties}>
      <SourceRows sources={run.sources} axis={axis} />
    </ScrollBox>
  );
}

/** Drawn anew when a source or the length of the axis changes, and not as the present moves along it. */
const SourceRows = memo(function SourceRows({ sources, axis }: { sources: RunDetail["sources"]; axis: TimeAxis | null }) {
  return (
    // Said outright, because browsers take what is set as cards for no table.
    <Table role="table" captionSide="top" verticalSpacing="sm" className={classes.table}>
      <Table.Caption mt={0} ta="left">
        {CAPTION}
      </Table.Caption>
      <Table.Thead role="rowgroup" className={classes.head}>
        <Table.Tr role="row">
          <HeadCell>Source</HeadCell>
          <HeadCell>Status</HeadCell>
          <HeadCell numeric>HTTP</HeadCell>
          <Table.Th role="columnheader" scope="col" className={classes.timeline}>
            <TimelineHead axis={axis} />
          </Table.Th>
          <HeadCell numeric>New</HeadCell>
          <HeadCell numeric>Changed</HeadCell>
          <HeadCell numeric>Unchanged</HeadCell>
          <HeadCell numeric>Size</HeadCell>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody role="rowgroup">
        {sortRunSources(sources).map((source) => (
          <RunSourceRow key={source.id} source={source} axis={axis} />
        ))}
      </Table.Tbody>
    </Table>
  );
});

function HeadCell({ children, numeric = false }: { children: string; numeric?: boolean }) {
  return (
    <Table.Th role="columnheader" scope="col" ta={numeric ? "right" : "left"}>
      {children}
    </Table.Th>
  );
}

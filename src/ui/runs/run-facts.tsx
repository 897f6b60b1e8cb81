"use client";
import { Anchor } from "@mantine/core";
import type { RunDetail } from "@/domain/run";
import { isActive } from "@/domain/run-status";
import { formatCount, NoValue } from "@/ui/display/data-table";
import { Fact, FactList } from "@/ui/display/fact-list";
import { AppLink } from "@/ui/shell/app-link";
import { formatDuration } from "@/ui/time/duration";
import { Instant } from "@/ui/time/instant";
import { PresetSnapshot } from "./preset-snapshot";
import { RunDuration } from "./run-duration";
import { itemsSoFar } from "./run-progress";
import { lagMs, startedBy } from "./run-words";
import { ScheduleVersionButton } from "./schedule-version-button";

/** Who or what started the run, when, for how long, and what it brought. */
export function RunFacts({ run, timeZone }: { run: RunDetail; timeZone: string }) {
  const lag = lagMs(run);
  const items = isActive(run.status) ? itemsSoFar(run) : run;
  return (
    <FactList>
      <Fact term="Started by">
        {startedBy(run)}
        {run.scheduleVersion !== null && <ScheduleVersionButton version={run.scheduleVersion} />}
      </Fact>
      <Fact term="Preset">
        <PresetSnapshot run={run} />
      </Fact>
      {run.slotAt && (
        <Fact term="Scheduled for">
          <Instant at={run.slotAt} timeZone={timeZone} />
        </Fact>
      )}
      <Fact term="Started">
        {run.startedAt ? <Instant at={run.startedAt} timeZone={timeZone} /> : <NoValue>{isActive(run.status) ? "Not yet" : "Never"}</NoValue>}
        {lag !== null && `, ${formatDuration(lag)} late`}
      </Fact>
      <Fact term={isActive(run.status) ? "Elapsed" : "Duration"}>
        <RunDuration of={run} />
      </Fact>
      {isActive(run.status) && <Fact term="Time limit">{formatDuration(run.limitMs)}</Fact>}
      <Fact term="Items">
        {formatCount(items.newCount)} new, {formatCount(items.changedCount)} changed, {formatCount(items.unchangedCount)} unchanged
        {items.goneCount > 0 && (
          <>
            {", "}
            <Anchor component={AppLink} href={`/items?run=${run.id}&state=gone`} inherit underline="always">
              {formatCount(items.goneCount)} gone
            </Anchor>
          </>
        )}
      </Fact>
    </FactList>
  );
}

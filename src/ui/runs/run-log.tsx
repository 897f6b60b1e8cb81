"use client";
import { Stack, Text } from "@mantine/core";
import { useDeferredValue, useMemo, useState } from "react";
import type { RunDetail } from "@/domain/run";
import { MOST_RUN_EVENTS } from "@/domain/run-event";
import { isActive } from "@/domain/run-status";
import { timeZoneCity } from "@/domain/time-zone";
import { formatCount } from "@/ui/display/count";
import { ErrorState } from "@/ui/states/error-state";
import { LogBar } from "./log-bar";
import { filterLog, WHOLE_LOG } from "./log-lines";
import { LogList } from "./log-list";
import { useRunLog } from "./use-run-log";

/** Everything that happened in a run, line by line, live while it is going. */
export function RunLog({ run, timeZone }: { run: RunDetail; timeZone: string }) {
  const log = useRunLog(run);
  const [view, setView] = useState(WHOLE_LOG);
  const [follows, setFollows] = useState(isActive(run.status));
  const shownView = useDeferredValue(view);
  const shown = useMemo(() => filterLog(log.events, shownView), [log.events, shownView]);
  return (
    <Stack gap="sm">
      <LogBar run={run} timeZone={timeZone} view={view} onView={setView} follows={follows} onFollows={setFollows} shown={shown} isComplete={log.isComplete} />
      {log.error !== null && <ErrorState title="Could not load the whole log" error={log.error} effect="The lines below are right." retry={log.retry} />}
      <LogList events={shown} timeZone={timeZone} follows={follows} onStopFollowing={() => setFollows(false)} />
      <Text size="sm" c="dimmed">
        {countWords(shown.length, log.events.length)} Times are {timeZoneCity(timeZone)} time.
        {isOlderThanLogs(run) && " This run is older than the log of runs."}
        {run.newestEvent >= MOST_RUN_EVENTS && ` Lines of sources beyond ${formatCount(MOST_RUN_EVENTS)} are left out.`}
      </Text>
    </Stack>
  );
}

function countWords(shown: number, all: number): string {
  const lines = `${formatCount(all)} ${all === 1 ? "line" : "lines"}`;
  return shown === all ? `${lines}.` : `${formatCount(shown)} of ${lines}.`;
}

function isOlderThanLogs({ status, newestEvent }: RunDetail): boolean {
  return newestEvent === 0 && !isActive(status) && status !== "skipped" && status !== "missed";
}

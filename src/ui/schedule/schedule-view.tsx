"use client";
import { Button, Stack } from "@mantine/core";
import { useEffect, useState } from "react";
import { RunHistory } from "@/ui/run-history/run-history";
import { AppLink } from "@/ui/shell/app-link";
import { EmptyState } from "@/ui/states/empty-state";
import { readKeptDraft } from "./kept-draft";
import { RunNow } from "./run-now";
import { ScheduleForm } from "./schedule-form";
import { ScheduleText } from "./schedule-text";
import { StatusStrip } from "./status-strip";
import { type ScheduleData, useScheduleData } from "./use-schedule-data";

/** The Schedule page: the form, or the same as text for who may not change it, or the way to a first schedule. */
export function ScheduleView({ startsSetUp }: { startsSetUp: boolean }) {
  const data = useScheduleData();
  const [settingUp, setSettingUp] = useState(startsSetUp);
  // Not in the first render, which must agree with the server's.
  useEffect(() => {
    if (readKeptDraft(window.sessionStorage, data.draftKey)) setSettingUp(true);
  }, [data.draftKey]);
  if (!data.canEdit) return <ScheduleText data={data} />;
  if (data.schedule === null && (data.presets.length === 0 || !settingUp)) return <NothingScheduled data={data} onSetUp={() => setSettingUp(true)} />;
  return <ScheduleForm data={data} onLeave={() => setSettingUp(false)} />;
}

function NothingScheduled({ data, onSetUp }: { data: ScheduleData; onSetUp: () => void }) {
  const { presets, lastRun, activeRun, organizationZone } = data;
  const hasPreset = presets.length > 0;
  return (
    <Stack gap="xl">
      <StatusStrip
        schedule={null}
        organizationZone={organizationZone}
        lastRun={lastRun}
        controls={hasPreset && <RunNow presetId={null} activeRun={activeRun} />}
      />
      {hasPreset ? (
        <EmptyState action={<Button onClick={onSetUp}>Set up schedule</Button>}>Nothing is scheduled. Runs start only when you press Run now.</EmptyState>
      ) : (
        <EmptyState
          action={
            <Button component={AppLink} href="/sources">
              Add a source
            </Button>
          }
        >
          Add a source first. Then choose when to collect.
        </EmptyState>
      )}
      {lastRun && <RunHistory />}
    </Stack>
  );
}

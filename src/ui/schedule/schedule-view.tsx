"use client";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { loadPart } from "@/ui/display/load-part";
import { readKeptDraft } from "./kept-draft";
import { ScheduleForm } from "./schedule-form";
import { useScheduleData } from "./use-schedule-data";

// Whoever sees one of these does not see the form.
const ScheduleText = dynamic(() => loadPart(() => import("./schedule-text").then((module) => module.ScheduleText)), { loading: () => null });
const NothingScheduled = dynamic(() => loadPart(() => import("./nothing-scheduled").then((module) => module.NothingScheduled)), { loading: () => null });

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

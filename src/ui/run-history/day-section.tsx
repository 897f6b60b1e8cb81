"use client";
import { SegmentedControl, Skeleton, Text } from "@mantine/core";
import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import { HISTORY_WEEKS } from "@/domain/history-extent";
import type { RunHistory } from "@/domain/run-history";
import { timeZoneName } from "@/domain/time-zone";
import { formatCount } from "@/ui/display/count";
import { loadPart } from "@/ui/display/load-part";
import { useSystemStatus } from "@/ui/shell/use-system-status";
import { DayHeatmap } from "./day-heatmap";
import classes from "./day-heatmap.module.css";
import { HeatLegend } from "./heat-legend";
import { heatScale } from "./heat-scale";
import { addDays, dayCounts, dayName, type HistoryDay, historyDays, MEASURES, type Measure } from "./history-days";
import { HistoryPart } from "./history-part";

const DayTable = dynamic(() => loadPart(() => import("./day-table").then((module) => module.DayTable)), { loading: () => <Skeleton height={240} /> });

const LABELS: Record<Measure, string> = { runs: "Runs", failed: "Failed", newItems: "Items" };
const CHOICES = MEASURES.map((value) => ({ value, label: LABELS[value] }));

/** The last 26 weeks, day by day. */
export function DaySection({ history }: { history: RunHistory }) {
  const [measure, setMeasure] = useState<Measure>("runs");
  const [looked, setLooked] = useState<HistoryDay | null>(null);
  const days = useMemo(() => historyDays(history), [history]);
  const scale = useMemo(() => heatScale(Math.max(...days.map((day) => day[measure]))), [days, measure]);
  const today = days.at(-1)?.day ?? 0;
  return (
    <HistoryPart
      id="history-days"
      title="Days"
      lead={`The last ${HISTORY_WEEKS} weeks, by days in ${timeZoneName(history.timeZone)}.`}
      controls={
        <SegmentedControl<Measure>
          data={CHOICES}
          value={measure}
          onChange={setMeasure}
          aria-label="Show for each day"
          size="sm"
          classNames={{ label: classes.choice }}
        />
      }
      table={<DayTable days={days} />}
    >
      <div className={classes.heat} data-measure={measure}>
        <DayHeatmap days={days} measure={measure} scale={scale} onLook={setLooked} labelledBy="history-days" />
        {/* The day's link says the same. */}
        <Text size="sm" mt="xs" mb="xs" aria-hidden={looked !== null}>
          {looked ? `${dayName(looked.day, today)}: ${dayCounts(looked)}.` : `In all: ${dayCounts(addDays(days))}.`}
        </Text>
        <HeatLegend scale={scale} />
        <KeptNote />
      </div>
    </HistoryPart>
  );
}

/** Why the first weeks may be empty. */
function KeptNote() {
  const kept = useSystemStatus().data?.runRetention;
  if (!kept || kept.days >= HISTORY_WEEKS * 7) return null;
  return (
    <Text size="xs" c="dimmed" mt="xs">
      Runs older than {formatCount(kept.days)} days are deleted, and all but the newest {formatCount(kept.count)}.
    </Text>
  );
}

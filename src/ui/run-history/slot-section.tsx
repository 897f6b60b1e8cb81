"use client";
import { Skeleton, Text } from "@mantine/core";
import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import type { RunHistory } from "@/domain/run-history";
import { timeZoneName } from "@/domain/time-zone";
import { medianCount } from "@/domain/usual-items";
import { formatCount } from "@/ui/display/count";
import { loadPart } from "@/ui/display/load-part";
import { useNow } from "@/ui/time/now";
import { usePreferences } from "@/ui/time/preferences";
import { formatDayAndClock } from "@/ui/time/zoned-time";
import { HistoryPart } from "./history-part";
import { RunStrip } from "./run-strip";
import classes from "./run-strip.module.css";
import { SlotDetail } from "./slot-detail";

const SlotTable = dynamic(() => loadPart(() => import("./slot-table").then((module) => module.SlotTable)), { loading: () => <Skeleton height={240} /> });

const MINUTE_MS = 60_000;

/** The last slots, one bar each, in time. */
export function SlotSection({ history: { slots: newestFirst, timeZone } }: { history: RunHistory }) {
  const now = useNow(MINUTE_MS);
  const { clockStyle } = usePreferences();
  const slots = useMemo(() => newestFirst.toReversed(), [newestFirst]);
  const [selectedAt, setSelectedAt] = useState<number | null>(null);
  const median = medianCount(newestFirst.flatMap(({ status, newCount }) => (status === "succeeded" || status === "partial" ? [newCount] : [])));
  // By its time, not by its place: slots move on when a new one comes.
  const found = slots.findIndex(({ at }) => at.getTime() === selectedAt);
  const selected = found === -1 ? slots.length - 1 : found;
  const [first, slot, last] = [slots[0], slots[selected], slots.at(-1)];
  const count = slots.length === 1 ? "The last slot" : `The last ${slots.length} slots`;
  return (
    <HistoryPart
      id="history-slots"
      title="Slots"
      lead={slots.length === 0 ? "No scheduled time has come yet. What runs, is skipped or is missed shows here." : `${count}, in ${timeZoneName(timeZone)}.`}
      table={slots.length > 0 && <SlotTable slots={newestFirst} timeZone={timeZone} />}
      isEmpty={slots.length === 0}
    >
      {first && slot && last && (
        <div>
          <RunStrip
            slots={slots}
            selected={selected}
            onSelect={(index) => setSelectedAt(slots[index]?.at.getTime() ?? null)}
            median={median}
            timeZone={timeZone}
            now={now}
            label={`${count}, the oldest first, in ${timeZoneName(timeZone)}`}
          />
          <div className={classes.ends}>
            <span>{slots.length > 1 && formatDayAndClock(first.at, timeZone, now, clockStyle)}</span>
            <span>{formatDayAndClock(last.at, timeZone, now, clockStyle)}</span>
          </div>
          <SlotDetail slot={slot} timeZone={timeZone} />
          <Text size="xs" c="dimmed">
            The taller, the more new items; outlined: it never ran.{median !== null && ` Dashed line: the median, ${formatCount(median)}.`}
          </Text>
        </div>
      )}
    </HistoryPart>
  );
}

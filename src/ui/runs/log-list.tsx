"use client";
import { Text, VisuallyHidden } from "@mantine/core";
import { IconAlertTriangle, IconCircleX, IconInfoCircle } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { RunEvent } from "@/domain/run-event";
import { timeZoneCity } from "@/domain/time-zone";
import { ScrollBox } from "@/ui/display/scroll-box";
import { formatClockWithSeconds } from "@/ui/time/zoned-time";
import { LOG_CLOCK } from "./log-lines";
import classes from "./log-list.module.css";

const LINE_HEIGHT = 30;
/** Lines drawn above and below those in view. */
const OVERSCAN = 15;
/** A scroll that leaves the end by more than this is a person's. */
const AT_END_PX = 40;

interface LogListProps {
  events: readonly RunEvent[];
  timeZone: string;
  follows: boolean;
  onStopFollowing: () => void;
}

/** The lines of a log. However many there are, only those in view are drawn. */
export function LogList({ events, timeZone, follows, onStopFollowing }: LogListProps) {
  const box = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    count: events.length,
    getScrollElement: () => box.current,
    getItemKey: (index) => events[index]?.number ?? index,
    estimateSize: () => LINE_HEIGHT,
    overscan: OVERSCAN,
    // React refuses to draw within an effect, where lines are measured.
    useFlushSync: false,
  });
  useFollowing(box, virtualizer.getTotalSize(), follows, onStopFollowing);
  return (
    <ScrollBox ref={box} label={`Event log. Times are ${timeZoneCity(timeZone)} time.`} className={classes.box}>
      {events.length === 0 && <Text p="sm">No line matches.</Text>}
      <ol className={classes.lines} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ key, index, start }) => {
          const event = events[index];
          return (
            event && (
              <li
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                aria-setsize={events.length}
                aria-posinset={index + 1}
                className={classes.line}
                data-level={event.level}
                style={{ transform: `translateY(${start}px)` }}
              >
                <LogLine event={event} timeZone={timeZone} />
              </li>
            )
          );
        })}
      </ol>
    </ScrollBox>
  );
}

/** Keeps the end in view as the log grows, until a person scrolls away from it. */
function useFollowing(box: React.RefObject<HTMLElement | null>, height: number, follows: boolean, onStop: () => void) {
  useEffect(() => {
    // A log that fills up from nothing is at its end already.
    if (follows && height > 0) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [box, height, follows]);

  useEffect(() => {
    const element = box.current;
    if (!element || !follows) return;
    let lastTop = element.scrollTop;
    const onScroll = () => {
      const left = element.scrollHeight - element.clientHeight - element.scrollTop;
      // Upwards only: the end itself runs ahead while lines are added.
      if (element.scrollTop < lastTop && left > AT_END_PX) onStop();
      lastTop = element.scrollTop;
    };
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => element.removeEventListener("scroll", onScroll);
  }, [box, follows, onStop]);
}

const LOOKS = {
  info: { icon: IconInfoCircle, word: "Info" },
  warning: { icon: IconAlertTriangle, word: "Warning" },
  error: { icon: IconCircleX, word: "Error" },
} as const;

function LogLine({ event, timeZone }: { event: RunEvent; timeZone: string }) {
  const { icon: LevelIcon, word } = LOOKS[event.level];
  return (
    <>
      <time dateTime={event.at.toISOString()} className={classes.time}>
        {formatClockWithSeconds(event.at, timeZone, LOG_CLOCK)}
      </time>
      <span className={classes.level}>
        <LevelIcon size={16} aria-hidden /> <span className={classes.word}>{word}</span>
      </span>
      <span className={classes.message}>
        {event.sourceName !== null && (
          <>
            <strong>{event.sourceName}</strong>
            <VisuallyHidden>: </VisuallyHidden>{" "}
          </>
        )}
        {event.message}
      </span>
    </>
  );
}

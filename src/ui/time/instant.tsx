"use client";
import { Text } from "@mantine/core";
import { formatRelative } from "./duration";
import { useNow } from "./now";
import { usePreferences } from "./preferences";
import { useViewerZone } from "./viewer-zone";
import { formatInstant, formatViewerTime } from "./zoned-time";

const MINUTE_MS = 60_000;

interface InstantProps {
  at: Date;
  /** The zone that the time is written in: the schedule's or the organization's. */
  timeZone: string;
  /** Says first how far it is from now: "5 min ago: Tue 24 Nov, 07:00 Berlin". */
  relative?: boolean;
}

/**
 * An instant as Milkrun writes it: "Tue 24 Nov, 07:00 Berlin", followed by the reader's own time when their clock shows another one.
 */
export function Instant({ at, timeZone, relative = false }: InstantProps) {
  const now = useNow(MINUTE_MS);
  const { clockStyle } = usePreferences();
  const viewerZone = useViewerZone();
  const viewerTime = viewerZone ? formatViewerTime(at, timeZone, viewerZone, now, clockStyle) : null;
  return (
    <span>
      {relative && (
        <>
          <RelativeTime at={at} />
          {": "}
        </>
      )}
      <time dateTime={at.toISOString()}>{formatInstant(at, timeZone, now, clockStyle)}</time>
      {viewerTime && (
        <Text span inherit c="dimmed" style={{ whiteSpace: "nowrap" }}>
          {` (${viewerTime})`}
        </Text>
      )}
    </span>
  );
}

/** "in 3 h 12 min", ticking. Never alone: the absolute time stands next to it. Not a live region. */
export function RelativeTime({ at }: { at: Date }) {
  return <>{formatRelative(at, useNow())}</>;
}

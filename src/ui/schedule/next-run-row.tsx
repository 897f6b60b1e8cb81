"use client";
import { Text } from "@mantine/core";
import { IconClockExclamation } from "@tabler/icons-react";
import { formatZoneAbbreviation } from "@/domain/format-time";
import type { ClockStyle } from "@/domain/preferences";
import { RelativeTime } from "@/ui/time/instant";
import { useNow } from "@/ui/time/now";
import { usePreferences } from "@/ui/time/preferences";
import { formatClock, formatDay } from "@/ui/time/zoned-time";
import classes from "./next-runs.module.css";

const MINUTE_MS = 60_000;

interface NextRunRowProps {
  row: { at: Date; note: string | null };
  /** A person asked to skip it. */
  isLeftOut: boolean;
  timeZone: string;
  /** More zones, a column each. */
  besides: readonly string[];
  /** False below a row that names the day. */
  showsDay: boolean;
}

/** One coming run, and below it what a clock change does to it. */
export function NextRunRow({ row: { at, note }, isLeftOut, timeZone, besides, showsDay }: NextRunRowProps) {
  const now = useNow(MINUTE_MS);
  const { clockStyle } = usePreferences();
  const leftOut = isLeftOut ? classes.leftOut : undefined;
  const isNoted = note !== null || isLeftOut;
  return (
    <>
      <tr className={isNoted ? classes.noted : undefined}>
        <td className={classes.unbroken}>
          <RelativeTime at={at} />
        </td>
        <td className={classes.clock}>
          <time dateTime={at.toISOString()} className={leftOut}>
            {showsDay && <span className={classes.unbroken}>{formatDay(at, timeZone, now)},</span>}{" "}
            <span className={classes.unbroken} suppressHydrationWarning>
              {formatClock(at, timeZone, clockStyle)} {formatZoneAbbreviation(at, timeZone)}
            </span>
          </time>
        </td>
        {besides.map((zone) => (
          <td key={zone} className={`${classes.clock} ${leftOut ?? ""}`}>
            <Beside at={at} timeZone={timeZone} zone={zone} now={now} clockStyle={clockStyle} />
          </td>
        ))}
      </tr>
      {isNoted && (
        <tr className={classes.note}>
          <td colSpan={2 + besides.length} className={classes.noteCell}>
            <Text size="sm" component="span" className={classes.noteText}>
              <IconClockExclamation size={16} stroke={1.8} className={classes.noteIcon} aria-hidden />
              <span>{[isLeftOut && "Left out.", note].filter(Boolean).join(" ")}</span>
            </Text>
          </td>
        </tr>
      )}
    </>
  );
}

interface BesideProps {
  at: Date;
  timeZone: string;
  zone: string;
  now: Date;
  clockStyle: ClockStyle;
}

/** The clock alone where the day is the same, else with its day. */
function Beside({ at, timeZone, zone, now, clockStyle }: BesideProps) {
  const day = formatDay(at, zone, now);
  return (
    <>
      {day !== formatDay(at, timeZone, now) && <span className={classes.unbroken}>{day},</span>}{" "}
      <span className={classes.unbroken}>{formatClock(at, zone, clockStyle)}</span>
    </>
  );
}

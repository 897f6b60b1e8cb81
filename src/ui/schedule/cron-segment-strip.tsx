import { IconAlertCircle } from "@tabler/icons-react";
import classes from "./cron-segment-strip.module.css";
import type { CronSegment } from "./cron-segments";

interface CronSegmentsProps {
  segments: readonly CronSegment[];
  /** What is wrong: with the failing field, where one is marked, else with the whole. */
  message: string | undefined;
  messageId: string;
}

/** The five fields under the input, each with its name and its meaning; the failing one has the message. */
export function CronSegments({ segments, message, messageId }: CronSegmentsProps) {
  const failing = segments.find((segment) => segment.failing);
  const shownMessage = message && (
    <p id={messageId} className={classes.message}>
      <IconAlertCircle size={18} stroke={1.8} aria-hidden />
      {message}
    </p>
  );
  return (
    <>
      <ul className={classes.strip} aria-label="The five fields">
        {segments.map((segment) => (
          <li key={segment.field} className={classes.item} data-field={segment.field} data-failing={segment.failing || undefined}>
            <div className={classes.segment}>
              <span className={classes.label}>{segment.label}</span>
              <span className={classes.text}>{segment.text || "–"}</span>
              <span className={classes.meaning}>{segment.failing ? "needs a fix" : segment.meaning}</span>
            </div>
            {segment === failing && shownMessage}
          </li>
        ))}
      </ul>
      {!failing && shownMessage}
    </>
  );
}

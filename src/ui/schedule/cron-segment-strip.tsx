import { VisuallyHidden } from "@mantine/core";
import classes from "./cron-segment-strip.module.css";
import type { CronSegment } from "./cron-segments";

/** The five fields under the input, each with its name and its meaning. */
export function CronSegments({ segments }: { segments: readonly CronSegment[] }) {
  return (
    <ul className={classes.strip} aria-label="The five fields">
      {segments.map((segment) => (
        <li key={segment.field} className={classes.segment} data-field={segment.field} data-failing={segment.failing || undefined}>
          <span className={classes.label}>{segment.label}</span>
          <span className={classes.text}>{segment.text || "–"}</span>
          <span className={classes.meaning}>
            {segment.failing ? "needs a fix" : segment.meaning}
            {segment.failing && <VisuallyHidden>, see the message</VisuallyHidden>}
          </span>
        </li>
      ))}
    </ul>
  );
}

import { Group } from "@mantine/core";
import type { RunStatus } from "@/domain/run-status";
import { RUN_STATUS_LOOKS } from "./run-status-badge";
import classes from "./run-timeline.module.css";

/** Those that look alike stand under one of them. */
const SHOWN: RunStatus[] = ["running", "succeeded", "partial", "failed", "cancelled", "skipped", "missed"];

/** What the bars mean, by shape and colour, icon and word. */
export function TimelineLegend() {
  return (
    <Group component="ul" gap="0.25rem 1rem" className={classes.legend} aria-label="What the bars mean">
      {SHOWN.map((status) => {
        const { icon: StatusIcon, word } = RUN_STATUS_LOOKS[status];
        return (
          <li key={status}>
            <span className={classes.sample} aria-hidden>
              <span className={classes.bar} data-status={status} />
            </span>
            <StatusIcon size={14} aria-hidden /> {word}
          </li>
        );
      })}
    </Group>
  );
}

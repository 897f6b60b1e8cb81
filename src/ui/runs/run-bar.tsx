import { percent } from "@/ui/display/percent";
import classes from "./run-bar.module.css";

interface RunBarProps {
  /** Of the bar, 0 to 1. */
  share: number;
  /** Where a mark stands to compare with, 0 to 1. */
  mark?: number;
  warns?: boolean;
}

/** A number as a small bar, under the number itself: for the eye alone. */
export function RunBar({ share, mark, warns = false }: RunBarProps) {
  return (
    <span className={classes.bar} aria-hidden>
      <span className={classes.fill} data-warns={warns || undefined} style={{ inlineSize: percent(share) }} />
      {mark !== undefined && <span className={classes.mark} style={{ insetInlineStart: percent(mark) }} />}
    </span>
  );
}

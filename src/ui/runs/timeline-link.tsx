"use client";
import { type CSSProperties, useState } from "react";
import { AppLink } from "@/ui/shell/app-link";
import classes from "./run-timeline.module.css";
import type { TimelineBar } from "./timeline-bars";

/** From here on in a row its details open to the left, so that they never reach beyond the page. */
const NEAR_THE_END = 0.4;

interface TimelineLinkProps {
  bar: TimelineBar;
  look: { className: string | undefined; "data-status": string; style: CSSProperties };
  /** Its name, also shown while it is focused or pointed at, until Esc. */
  words: string;
  /** Whether Tab reaches it. */
  isStop: boolean;
  onFocus: (runId: string) => void;
}

/** The bar of a run as the link to it. What is shown of it is a matter of its own: a day can have over a thousand bars. */
export function TimelineLink({ bar, look, words, isStop, onFocus }: TimelineLinkProps) {
  const { run, from } = bar;
  const [isTold, setTold] = useState(false);
  return (
    <AppLink
      {...look}
      href={`/runs/${run.id}`}
      prefetch={false}
      aria-label={words}
      data-run={run.id}
      tabIndex={isStop ? 0 : -1}
      onFocus={() => {
        onFocus(run.id);
        setTold(true);
      }}
      onBlur={() => setTold(false)}
      onPointerEnter={() => setTold(true)}
      onPointerLeave={() => setTold(false)}
      onKeyDown={(event) => event.key === "Escape" && setTold(false)}
    >
      {isTold && (
        <span className={classes.tip} data-side={from > NEAR_THE_END ? "end" : "start"} aria-hidden>
          {words}
        </span>
      )}
    </AppLink>
  );
}

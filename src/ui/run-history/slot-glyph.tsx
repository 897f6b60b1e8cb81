import type { ReactNode } from "react";
import type { SlotStatus } from "@/domain/run-history";

/** Shapes that stay apart from each other at five pixels; what they share a shape with, they share a colour with, too. */
const BAD = <path d="M1.5 1.5 8.5 8.5M8.5 1.5 1.5 8.5" fill="none" stroke="currentColor" strokeWidth="2.4" />;
const WAITING = <circle cx="5" cy="5" r="2" fill="currentColor" />;
const QUIET = <path d="M1 5H9" fill="none" stroke="currentColor" strokeWidth="2.4" />;
const GLYPHS: Record<SlotStatus, ReactNode> = {
  queued: WAITING,
  running: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  succeeded: <path d="M1 5.2 4 8.2 9 2" fill="none" stroke="currentColor" strokeWidth="2.2" />,
  partial: <path d="M5 .5 9.6 9.5H.4Z" fill="currentColor" />,
  failed: BAD,
  timed_out: BAD,
  abandoned: BAD,
  cancelled: QUIET,
  skipped: QUIET,
  missed: <circle cx="5" cy="5" r="3.6" fill="none" stroke="currentColor" strokeWidth="2" />,
  passed_over: <path d="M5 1 9 5 5 9 1 5Z" fill="none" stroke="currentColor" strokeWidth="1.8" />,
};

/** An outcome as a shape of 10 by 10. */
export function SlotGlyph({ status }: { status: SlotStatus }) {
  return GLYPHS[status];
}

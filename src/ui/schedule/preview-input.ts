import type { Schedule } from "@/domain/schedule";

/** What a preview is of. */
export interface Previewed {
  cronExpression: string;
  timeZone: string;
  spreadMs: number;
}

/** What is asked for: the runs from a chosen day on, else those after the pause where there is one that ends. The server prefetches the same. */
export function previewInput(
  { cronExpression, timeZone, spreadMs }: Previewed,
  schedule: Schedule | null,
  paused: boolean,
  count: number,
  chosen: Date | null = null,
) {
  const from = chosen ?? (paused ? schedule?.pausedUntil : null);
  return { cronExpression, timeZone, spreadMs, count, ...(from ? { from } : {}) };
}

export type PreviewInput = ReturnType<typeof previewInput>;

import { resumeBound } from "@/domain/pause";
import type { Schedule } from "@/domain/schedule";

/** What a preview is of. */
interface Previewed {
  cronExpression: string;
  timeZone: string;
  spreadMs: number;
}

/** What is asked for: the runs after the pause where there is one that ends. The server prefetches the same. */
export function previewInput({ cronExpression, timeZone, spreadMs }: Previewed, schedule: Schedule | null, paused: boolean, count: number) {
  const after = paused && schedule?.pausedUntil ? { after: resumeBound(schedule.pausedUntil) } : {};
  return { cronExpression, timeZone, spreadMs, count, ...after };
}

export type PreviewInput = ReturnType<typeof previewInput>;

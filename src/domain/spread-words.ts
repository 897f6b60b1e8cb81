import { formatDuration } from "./format-time";

/** A spread in words: "No spread", "Up to 5 minutes later". */
export function spreadWords(spreadMs: number): string {
  return spreadMs === 0 ? "No spread" : `Up to ${formatDuration(spreadMs)} later`;
}

import { IconMoodEmpty } from "@tabler/icons-react";
import type { RunSummary } from "@/domain/run";
import { StatusBadge } from "@/ui/display/status-badge";
import { unusualZeroWords } from "./run-words";

/** "0 new; usually 12", where a run brought nothing and nearly every run before it did: such a run succeeds, and nobody would notice. */
export function UnusualZeroBadge({ run }: { run: Pick<RunSummary, "isUnusuallyEmpty" | "usualNewCount"> }) {
  const word = unusualZeroWords(run);
  return word && <StatusBadge look={{ tone: "warning", icon: IconMoodEmpty, word }} ta="start" />;
}

import { Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconCircleMinus, IconHourglass } from "@tabler/icons-react";
import type { Source } from "@/domain/source";
import { StatusBadge, type StatusLook } from "@/ui/display/status-badge";

type Health = Pick<Source, "enabled" | "consecutiveFailures" | "lastSuccessAt" | "lastFailureMessage">;

/** How the last collection of a source went, as colour, icon and word, with the reason when it failed. */
export function SourceHealth({ source }: { source: Health }) {
  return (
    <Stack gap={4} align="flex-start">
      <StatusBadge look={lookOf(source)} />
      {source.consecutiveFailures > 0 && source.lastFailureMessage && (
        <Text size="sm" maw="36ch" style={{ overflowWrap: "anywhere" }}>
          {source.lastFailureMessage}
        </Text>
      )}
    </Stack>
  );
}

/** True when the last collection failed. */
export function isFailing(source: Pick<Source, "consecutiveFailures">): boolean {
  return source.consecutiveFailures > 0;
}

function lookOf(source: Health): StatusLook {
  if (!source.enabled) return { tone: "quiet", icon: IconCircleMinus, word: "Off" };
  if (source.consecutiveFailures === 1) return { tone: "bad", icon: IconAlertTriangle, word: "Failing" };
  if (source.consecutiveFailures > 1) return { tone: "bad", icon: IconAlertTriangle, word: `Failing, ${source.consecutiveFailures} times in a row` };
  if (source.lastSuccessAt) return { tone: "good", icon: IconCircleCheck, word: "Working" };
  return { tone: "quiet", icon: IconHourglass, word: "Not collected yet" };
}

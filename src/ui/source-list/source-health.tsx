import { Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconCircleMinus, IconHourglass, IconShieldX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Source } from "@/domain/source";
import { StatusBadge, type StatusLook } from "@/ui/display/status-badge";
import { QuarantineWords } from "@/ui/sources/quarantine-words";

type Health = Pick<Source, "enabled" | "consecutiveFailures" | "lastSuccessAt" | "lastFailureMessage" | "crashCount" | "quarantinedAt">;

/** How the last collection of a source went, as colour, icon and word, with the reason when it failed or is in quarantine. */
export function SourceHealth({ source, timeZone }: { source: Health; timeZone: string }) {
  const reason = reasonOf(source, timeZone);
  return (
    <Stack gap={4} align="flex-start">
      <StatusBadge look={lookOf(source)} />
      {reason && (
        <Text size="sm" maw="36ch" style={{ overflowWrap: "anywhere" }}>
          {reason}
        </Text>
      )}
    </Stack>
  );
}

function reasonOf({ crashCount, quarantinedAt, consecutiveFailures, lastFailureMessage }: Health, timeZone: string): ReactNode {
  if (quarantinedAt) return <QuarantineWords crashCount={crashCount} quarantinedAt={quarantinedAt} timeZone={timeZone} />;
  return consecutiveFailures > 0 && lastFailureMessage;
}

function lookOf(source: Health): StatusLook {
  if (source.quarantinedAt) return { tone: "bad", icon: IconShieldX, word: "Quarantined" };
  if (!source.enabled) return { tone: "quiet", icon: IconCircleMinus, word: "Off" };
  if (source.consecutiveFailures === 1) return { tone: "bad", icon: IconAlertTriangle, word: "Failing" };
  if (source.consecutiveFailures > 1) return { tone: "bad", icon: IconAlertTriangle, word: `Failing, ${source.consecutiveFailures} times in a row` };
  if (source.lastSuccessAt) return { tone: "good", icon: IconCircleCheck, word: "Working" };
  return { tone: "quiet", icon: IconHourglass, word: "Not collected yet" };
}

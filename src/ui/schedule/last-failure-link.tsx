import { Anchor, Text } from "@mantine/core";
import type { FailureStreak } from "@/domain/failure-streak";
import { AppLink } from "@/ui/shell/app-link";

/** The way to the newest failed run. In the text's colour: a link's own has too little contrast on a dark notice. */
export function LastFailureLink({ streak: { lastRunId, lastRunNumber } }: { streak: FailureStreak }) {
  return (
    <Text size="sm">
      See what went wrong:{" "}
      <Anchor component={AppLink} href={`/runs/${lastRunId}`} inherit c="inherit" underline="always" py={4}>
        run {lastRunNumber}
      </Anchor>
    </Text>
  );
}

"use client";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { RunNowButton } from "@/ui/runs/run-now-button";
import { AppLink } from "@/ui/shell/app-link";
import { PublicFrame } from "@/ui/shell/public-frame";
import { Instant } from "@/ui/time/instant";
import { useTRPC } from "@/ui/trpc/client";
import { StepCount } from "./step-count";

/** The last step: one run at once, which leads to its live page. */
export function RunStep() {
  const { data: schedule } = useSuspenseQuery(useTRPC().schedule.get.queryOptions());
  return (
    <PublicFrame title="Run it once now" lead="You see at once what your sources bring. This moves none of the scheduled runs.">
      <Stack mt="lg">
        <Text>
          {schedule?.enabled && schedule.nextRunAt ? (
            <>
              Your schedule is on. Next run: <Instant at={schedule.nextRunAt} timeZone={schedule.timeZone} />.
            </>
          ) : (
            "Your schedule is off, so nothing starts by itself."
          )}
        </Text>
        <Group>
          <RunNowButton />
          <Button component={AppLink} href="/schedule" prefetch={false} variant="default">
            Go to the schedule
          </Button>
        </Group>
        <StepCount step={5} />
      </Stack>
    </PublicFrame>
  );
}

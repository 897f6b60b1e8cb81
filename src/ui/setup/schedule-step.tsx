"use client";
import { Button, Group, List, Select, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useOneClick } from "@/ui/display/use-one-click";
import { runsSentence } from "@/ui/schedule/schedule-words";
import { AppLink } from "@/ui/shell/app-link";
import { PublicFrame } from "@/ui/shell/public-frame";
import { ErrorState } from "@/ui/states/error-state";
import { Instant } from "@/ui/time/instant";
import { useTRPC } from "@/ui/trpc/client";
import { FIRST_PREVIEW_COUNT, firstSchedule } from "./first-schedule";
import { StepCount } from "./step-count";

interface ScheduleStepProps {
  timeZone: string;
  /** The preset that the step before has made. */
  chosenPreset: string | null;
}

/** The fourth step: a proposal of when to collect. Nothing is stored until the person turns it on. */
export function ScheduleStep({ timeZone, chosenPreset }: ScheduleStepProps) {
  const { data: presets } = useSuspenseQuery(useTRPC().preset.list.queryOptions());
  const [chosen, setChosen] = useState(chosenPreset);
  const presetId = (presets.find(({ id }) => id === chosen) ?? presets[0])?.id ?? null;
  const proposal = firstSchedule(timeZone);
  const { turnOn, isBusy, error } = useTurnOn();
  return (
    <PublicFrame title="Choose when to collect" lead="This is a proposal: nothing is stored until you turn it on.">
      <Stack mt="lg">
        <Text size="lg" fw={600}>
          {runsSentence(proposal.cronExpression, timeZone)}
        </Text>
        <FirstRuns timeZone={timeZone} />
        {presets.length > 1 && (
          <Select
            label="Preset"
            size="md"
            data={presets.map(({ id, name }) => ({ value: id, label: name }))}
            value={presetId}
            onChange={setChosen}
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
          />
        )}
        {error && <ErrorState title="The schedule was not turned on" error={error} />}
        <Group>
          <Button loading={isBusy} disabled={presetId === null} onClick={() => turnOn({ ...proposal, presetId, enabled: true })}>
            Turn on schedule
          </Button>
          <Button component={AppLink} href="/schedule?setup=1" prefetch={false} variant="default">
            Choose other times
          </Button>
        </Group>
        <Group justify="space-between">
          <StepCount step={4} />
          <Button component={AppLink} href="/start/run" variant="subtle">
            Do this later
          </Button>
        </Group>
      </Stack>
    </PublicFrame>
  );
}

function useTurnOn() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const { mutate, isPending, isSuccess, error } = useMutation(
    trpc.schedule.update.mutationOptions({
      onSuccess: (schedule) => {
        queryClient.setQueryData(trpc.schedule.get.queryKey(), schedule);
        router.push("/start/run");
      },
    }),
  );
  const isBusy = isPending || isSuccess;
  const once = useOneClick(isBusy);
  return { turnOn: (schedule: Parameters<typeof mutate>[0]) => once(() => mutate(schedule)), isBusy, error };
}

function FirstRuns({ timeZone }: { timeZone: string }) {
  const { data: preview } = useQuery(useTRPC().schedule.preview.queryOptions({ ...firstSchedule(timeZone), count: FIRST_PREVIEW_COUNT }));
  if (!preview?.ok) return null;
  return (
    <div>
      <Text size="sm" c="dimmed" id="first-runs">
        The first runs would be:
      </Text>
      <List aria-labelledby="first-runs" mt={4}>
        {preview.rows.map(({ at }) => (
          <List.Item key={at.getTime()}>
            <Instant at={at} timeZone={timeZone} />
          </List.Item>
        ))}
      </List>
    </div>
  );
}

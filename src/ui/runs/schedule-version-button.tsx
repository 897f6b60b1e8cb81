"use client";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useSuspenseQuery } from "@tanstack/react-query";
import { LazyHistoryDrawer } from "@/ui/schedule/lazy-history-drawer";
import { useTRPC } from "@/ui/trpc/client";

/** "Version 7" of the schedule that started the run; opens the schedule's history, unless the schedule is deleted. */
export function ScheduleVersionButton({ version }: { version: number }) {
  const trpc = useTRPC();
  const { data: schedule } = useSuspenseQuery(trpc.schedule.get.queryOptions());
  const { data: presets } = useSuspenseQuery(trpc.preset.list.queryOptions());
  const [opened, drawer] = useDisclosure(false);
  const words = `version ${version}`;
  if (!schedule) return <>, {words}</>;
  return (
    <>
      {", "}
      <Button variant="transparent" size="compact-sm" px={0} fz="md" td="underline" onClick={drawer.open} aria-haspopup="dialog">
        {words}
      </Button>
      <LazyHistoryDrawer opened={opened} onClose={drawer.close} schedule={schedule} presets={presets} restoring={null} />
    </>
  );
}

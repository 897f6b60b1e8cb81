import { Paper, Skeleton, Stack } from "@mantine/core";
import { PageSkeleton } from "@/ui/states/page-skeleton";
import classes from "./schedule-form.module.css";

/** Holds the place of the Schedule page: the state on top, the form beside the next runs. */
export function ScheduleSkeleton() {
  return (
    <PageSkeleton blocks={[36, 52, 28]}>
      <div className={classes.columns}>
        <Blocks heights={[28, 96, 28, 240, 96, 28, 180]} />
        <Blocks heights={[28, 420]} />
      </div>
    </PageSkeleton>
  );
}

function Blocks({ heights }: { heights: readonly number[] }) {
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} radius="lg">
      <Stack gap="lg">
        {heights.map((height, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes order
          <Skeleton key={index} height={height} radius="md" />
        ))}
      </Stack>
    </Paper>
  );
}

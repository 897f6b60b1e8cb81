import { Skeleton, Stack, VisuallyHidden } from "@mantine/core";
import classes from "./page-skeleton.module.css";

interface PageSkeletonProps {
  /** Heights in px of the blocks that the page will show, top to bottom. */
  blocks?: readonly number[];
  /** The same for what follows in two columns, a wide one and a narrow one. */
  columns?: readonly [readonly number[], readonly number[]];
}

/** Holds the place of a page that loads. It stays invisible for 150 ms, so that a fast load does not flash. */
export function PageSkeleton({ blocks = [40, 120, 320], columns }: PageSkeletonProps) {
  return (
    <div className={classes.root} aria-busy="true">
      <VisuallyHidden role="status">Loading</VisuallyHidden>
      <Stack gap="lg">
        <Blocks heights={blocks} />
        {columns && (
          <div className={classes.columns}>
            <Stack gap="lg">
              <Blocks heights={columns[0]} />
            </Stack>
            <Stack gap="lg">
              <Blocks heights={columns[1]} />
            </Stack>
          </div>
        )}
      </Stack>
    </div>
  );
}

function Blocks({ heights }: { heights: readonly number[] }) {
  return heights.map((height, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes order
    <Skeleton key={index} height={height} radius="md" />
  ));
}

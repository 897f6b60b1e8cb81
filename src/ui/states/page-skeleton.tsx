import { Skeleton, Stack, VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./page-skeleton.module.css";

interface PageSkeletonProps {
  /** Heights in px of the blocks that the page will show, top to bottom. */
  blocks?: readonly number[];
  /** What follows the blocks where the page is more than one column. */
  children?: ReactNode;
}

/** Holds the place of a page that loads. It stays invisible for 150 ms, so that a fast load does not flash. */
export function PageSkeleton({ blocks = [40, 120, 320], children }: PageSkeletonProps) {
  return (
    <div className={classes.root} aria-busy="true">
      <VisuallyHidden role="status">Loading</VisuallyHidden>
      <Stack gap="lg">
        {blocks.map((height, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes order
          <Skeleton key={index} height={height} radius="md" />
        ))}
        {children}
      </Stack>
    </div>
  );
}

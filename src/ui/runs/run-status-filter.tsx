"use client";
import { Button, Group } from "@mantine/core";
import { AppLink } from "@/ui/shell/app-link";
import { RUN_FILTER_OPTIONS, type RunFilterName } from "./run-filter";

/** The filters as links: they survive reload, Back and a new tab. They wrap, so that none is cut off on a small screen. */
export function RunStatusFilter({ value }: { value: RunFilterName }) {
  return (
    <nav aria-label="Filter runs by status">
      <Group gap="xs">
        {RUN_FILTER_OPTIONS.map((option) => (
          <Button
            key={option.value}
            component={AppLink}
            href={option.value === "all" ? "/runs" : `/runs?status=${option.value}`}
            prefetch={false}
            scroll={false}
            size="compact-md"
            radius="xl"
            variant={option.value === value ? "filled" : "default"}
            aria-current={option.value === value ? "true" : undefined}
          >
            {option.label}
          </Button>
        ))}
      </Group>
    </nav>
  );
}

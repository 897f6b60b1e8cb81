"use client";
import { Button, Group } from "@mantine/core";
import type { RunCounts } from "@/domain/run";
import { formatCount } from "@/ui/display/count";
import { AppLink } from "@/ui/shell/app-link";
import { countOf, RUN_FILTER_OPTIONS, type RunFilterName, type RunView, runViewHref } from "./run-filter";
import { RUN_STATUS_LOOKS } from "./run-status-badge";
import classes from "./run-status-filter.module.css";

interface RunStatusFilterProps {
  view: RunView;
  counts: RunCounts;
  onFollow: (view: RunView) => void;
}

/**
 * The filters as links, each with how many runs it would show: they survive reload, Back and a new tab. They wrap, so that none is cut
 * off on a small screen. Above a timeline they bear no counts: it shows a window of the ledger only.
 */
export function RunStatusFilter({ view, counts, onFollow }: RunStatusFilterProps) {
  return (
    <nav aria-label="Filter runs by status">
      <Group gap="xs">
        {RUN_FILTER_OPTIONS.map(({ value, label }) => (
          <Button
            key={value}
            component={AppLink}
            href={runViewHref({ ...view, status: value })}
            onFollow={() => onFollow({ ...view, status: value })}
            prefetch={false}
            size="compact-md"
            radius="xl"
            variant={value === view.status ? "filled" : "default"}
            aria-current={value === view.status ? "true" : undefined}
            fz="sm"
            fw={value === view.status ? 600 : 500}
            leftSection={value !== "all" && <FilterIcon filter={value} />}
          >
            {label} {!view.timeline && <span className={classes.count}>{formatCount(countOf(value, counts))}</span>}
          </Button>
        ))}
      </Group>
    </nav>
  );
}

function FilterIcon({ filter }: { filter: Exclude<RunFilterName, "all"> }) {
  const { icon: StatusIcon } = RUN_STATUS_LOOKS[filter];
  return <StatusIcon size={14} stroke={2.2} aria-hidden />;
}

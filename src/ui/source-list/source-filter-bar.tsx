"use client";
import { Button, Group, Select, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { SourceKind } from "@/domain/source";
import { formatCount } from "@/ui/display/count";
import { SearchField } from "@/ui/display/search-field";
import { AppLink } from "@/ui/shell/app-link";
import { SOURCE_KIND_WORDS } from "@/ui/sources/source-kind";
import { type SourceListView, sourceListHref } from "@/ui/sources/sources-tab";
import { sourcesWords } from "@/ui/sources/sources-words";

interface SourceFilterBarProps {
  view: SourceListView;
  /** How many fail, whatever the filter. */
  failing: number;
  /** How many match. */
  total: number;
  onChange: (view: SourceListView) => void;
  /** As `onChange`, for links. */
  onFollow: (view: SourceListView) => void;
}

/** Name or host, kind, and those that fail; the latter only while some do. */
export function SourceFilterBar({ view, failing, total, onChange, onFollow }: SourceFilterBarProps) {
  return (
    <Stack gap="sm">
      {(failing > 0 || view.failing) && <FailingFilter count={failing} view={view} onFollow={onFollow} />}
      <Group align="flex-end" role="search" aria-label="Filter sources">
        <SearchField label="Search by name or host" value={view.text ?? ""} onChange={(text) => onChange({ ...view, text: text || undefined })} />
        <Select
          label="Kind"
          placeholder="All kinds"
          data={SOURCE_KIND_WORDS}
          value={view.kind ?? null}
          onChange={(kind) => onChange({ ...view, kind: (kind as SourceKind | null) ?? undefined })}
          clearable
          clearButtonProps={{ "aria-label": "Show all kinds" }}
          w={{ base: "100%", xs: 180 }}
        />
        <Text size="sm" role="status" pb={8}>
          {sourcesWords(total)}
        </Text>
      </Group>
    </Stack>
  );
}

interface FailingFilterProps extends Pick<SourceFilterBarProps, "view" | "onFollow"> {
  count: number;
}

function FailingFilter({ count, view, onFollow }: FailingFilterProps) {
  const linkTo = (failing: boolean) => ({
    component: AppLink,
    href: sourceListHref({ ...view, failing: failing || undefined }),
    onFollow: () => onFollow({ ...view, failing: failing || undefined }),
    prefetch: false,
    size: "compact-md",
    radius: "xl",
    fz: "sm",
    variant: failing === Boolean(view.failing) ? "filled" : "default",
    "aria-current": failing === Boolean(view.failing) ? ("true" as const) : undefined,
  });
  return (
    <Group component="nav" gap="xs" aria-label="Filter sources by health">
      <Button {...linkTo(false)}>All</Button>
      <Button {...linkTo(true)} leftSection={<IconAlertTriangle size={14} aria-hidden />}>
        Failing ({formatCount(count)})
      </Button>
    </Group>
  );
}

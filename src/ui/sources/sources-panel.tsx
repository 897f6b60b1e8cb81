"use client";
import { Button, Group, Stack } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { isFailing } from "@/domain/source-health";
import { useMembership } from "@/ui/session/use-membership";
import { AppLink } from "@/ui/shell/app-link";
import { EmptyState } from "@/ui/states/empty-state";
import { useTRPC } from "@/ui/trpc/client";
import { SourceTable } from "./source-table";

/** A run may end while the page is open, and with it a source's health changes. */
const REFETCH_MS = 15_000;

/** The tab with all sources. */
export function SourcesPanel({ failingOnly }: { failingOnly: boolean }) {
  const trpc = useTRPC();
  const { timeZone, canEdit } = useMembership();
  const { data: sources } = useSuspenseQuery(trpc.source.list.queryOptions(undefined, { refetchInterval: REFETCH_MS }));
  const failing = sources.filter(isFailing);
  if (sources.length === 0) return <NoSources canEdit={canEdit} />;
  return (
    <Stack gap="lg">
      {(failing.length > 0 || failingOnly) && <FailingFilter count={failing.length} active={failingOnly} />}
      {failingOnly && failing.length === 0 ? (
        <EmptyState>No source is failing.</EmptyState>
      ) : (
        <SourceTable sources={failingOnly ? failing : sources} timeZone={timeZone} />
      )}
    </Stack>
  );
}

function FailingFilter({ count, active }: { count: number; active: boolean }) {
  const variant = (on: boolean) => (on ? "filled" : "default");
  return (
    <Group component="nav" gap="xs" aria-label="Filter sources">
      <Button component={AppLink} href="/sources" size="compact-md" radius="xl" variant={variant(!active)} aria-current={active ? undefined : "true"}>
        All
      </Button>
      <Button
        component={AppLink}
        href="/sources?show=failing"
        size="compact-md"
        radius="xl"
        variant={variant(active)}
        aria-current={active ? "true" : undefined}
      >
        Failing ({count})
      </Button>
    </Group>
  );
}

function NoSources({ canEdit }: { canEdit: boolean }) {
  if (!canEdit) return <EmptyState>No sources yet.</EmptyState>;
  return (
    <EmptyState
      action={
        <Button component={AppLink} href="/sources/new">
          Add the first source
        </Button>
      }
    >
      No sources yet. A source is one feed, JSON API, web page, sitemap or table that runs collect.
    </EmptyState>
  );
}

"use client";
import { Stack, Text } from "@mantine/core";
import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { LoadOlder } from "@/ui/display/load-older";
import { useMembership } from "@/ui/session/use-membership";
import { PageTitle } from "@/ui/shell/page-title";
import { EmptyState } from "@/ui/states/empty-state";
import { NoMatch } from "@/ui/states/no-match";
import { useTRPC } from "@/ui/trpc/client";
import { AUDIT_PAGING, type AuditView, auditListInput, auditViewHref, withoutBlanks } from "./audit-filter";
import { AuditFilterBar } from "./audit-filter-bar";
import { AuditTable } from "./audit-table";

/** The Audit page, for owners and admins: a filter bar whose state is the address, and the entries that match. */
export function AuditPageView({ view }: { view: AuditView }) {
  const { timeZone, canManage } = useMembership();
  return (
    <Stack gap="lg">
      <PageTitle>Audit</PageTitle>
      {canManage ? (
        <AuditLog view={view} timeZone={timeZone} />
      ) : (
        <Text c="dimmed">Owners and admins can see this: who changed what, when and from where.</Text>
      )}
    </Stack>
  );
}

function AuditLog({ view, timeZone }: { view: AuditView; timeZone: string }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  return (
    <>
      <Text maw={720}>
        Every change of the schedule, sources, presets, members and keys, and every run that somebody started or stopped. Entries are never changed or deleted.
      </Text>
      <AuditFilterBar view={view} onChange={(next) => startTransition(() => router.replace(auditViewHref(withoutBlanks(next)), { scroll: false }))} />
      <div aria-busy={pending} style={{ opacity: pending ? 0.6 : 1 }}>
        <AuditEntries view={view} timeZone={timeZone} />
      </div>
    </>
  );
}

function AuditEntries({ view, timeZone }: { view: AuditView; timeZone: string }) {
  const trpc = useTRPC();
  const query = useSuspenseInfiniteQuery(trpc.audit.list.infiniteQueryOptions(auditListInput(view), AUDIT_PAGING));
  const entries = query.data.pages.flatMap((page) => page.entries);
  if (entries.length === 0) return <NoEntries isFiltered={Object.keys(view).length > 0} />;
  return (
    <Stack gap="sm">
      <AuditTable entries={entries} timeZone={timeZone} />
      <LoadOlder query={query} end={entries.length > 10 ? "These are all the entries." : null} />
    </Stack>
  );
}

function NoEntries({ isFiltered }: { isFiltered: boolean }) {
  if (!isFiltered) return <EmptyState>Nothing has been changed yet. What somebody changes from now on is listed here.</EmptyState>;
  return <NoMatch clearHref={auditViewHref({})}>No entry matches these filters.</NoMatch>;
}

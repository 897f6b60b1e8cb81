"use client";
import { Stack, Text } from "@mantine/core";
import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { LoadOlder } from "@/ui/display/load-older";
import { useMembership } from "@/ui/session/use-membership";
import { PageTitle } from "@/ui/shell/page-title";
import { useAddressedView } from "@/ui/shell/use-addressed-view";
import { BusyArea } from "@/ui/states/busy-area";
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
  const { chosen, pending, show, follow } = useAddressedView(view, auditViewHref);
  return (
    <>
      <Text maw={720}>
        Every change of the schedule, sources, presets, members and keys, and every run that somebody started or stopped. Entries are never changed or deleted.
      </Text>
      <AuditFilterBar view={chosen} onChange={(next) => show(withoutBlanks(next))} />
      <BusyArea busy={pending}>
        <AuditEntries view={view} timeZone={timeZone} onClear={() => void follow({})} />
      </BusyArea>
    </>
  );
}

interface AuditEntriesProps {
  view: AuditView;
  timeZone: string;
  onClear: () => void;
}

function AuditEntries({ view, timeZone, onClear }: AuditEntriesProps) {
  const trpc = useTRPC();
  const query = useSuspenseInfiniteQuery(trpc.audit.list.infiniteQueryOptions(auditListInput(view), AUDIT_PAGING));
  const entries = query.data.pages.flatMap((page) => page.entries);
  if (entries.length === 0) return <NoEntries isFiltered={Object.keys(view).length > 0} onClear={onClear} />;
  return (
    <Stack gap="sm">
      <AuditTable entries={entries} timeZone={timeZone} />
      <LoadOlder query={query} end={entries.length > 10 ? "These are all the entries." : null} />
    </Stack>
  );
}

function NoEntries({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  if (!isFiltered) return <EmptyState>Nothing has been changed yet. What somebody changes from now on is listed here.</EmptyState>;
  return (
    <NoMatch clearHref={auditViewHref({})} onClear={onClear}>
      No entry matches these filters.
    </NoMatch>
  );
}

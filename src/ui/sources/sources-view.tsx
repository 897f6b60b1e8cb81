"use client";
import { Button, Group, Stack, Tabs } from "@mantine/core";
import { IconFileImport, IconPlus } from "@tabler/icons-react";
import { useMembership } from "@/ui/session/use-membership";
import { AppLink } from "@/ui/shell/app-link";
import { PageTitle } from "@/ui/shell/page-title";
import { useAddressedView } from "@/ui/shell/use-addressed-view";
import { ExportOpmlButton } from "@/ui/source-import/export-opml-button";
import { SourcesPanel } from "@/ui/source-list/sources-panel";
import { BusyArea } from "@/ui/states/busy-area";
import { presetsHref } from "./presets-href";
import { PresetsPanel } from "./presets-panel";
import type { SourcesView as View } from "./sources-tab";

/** The Sources page with its two tabs; the address says which one. */
export function SourcesView({ view }: { view: View }) {
  const { canEdit } = useMembership();
  const { chosen, pending, follow } = useAddressedView(view.tab, tabHref);
  const show = (tab: string | null) => {
    if (tab !== chosen) void follow(tab === "presets" ? "presets" : "sources");
  };
  return (
    <Stack gap="lg">
      <Group justify="space-between">
        <PageTitle>Sources</PageTitle>
        <ViewButtons view={view} canEdit={canEdit} />
      </Group>
      <Tabs value={chosen} onChange={show} keepMounted={false}>
        <Tabs.List mb="lg">
          <Tabs.Tab value="sources">Sources</Tabs.Tab>
          <Tabs.Tab value="presets">Presets</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={chosen}>
          {/* What was shown stays until the other is there. */}
          <BusyArea busy={pending}>{view.tab === "sources" ? <SourcesPanel view={view.list} /> : <PresetsPanel preset={view.preset} />}</BusyArea>
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

function tabHref(tab: View["tab"]): string {
  return tab === "presets" ? presetsHref() : "/sources";
}

function ViewButtons({ view, canEdit }: { view: View; canEdit: boolean }) {
  if (view.preset) return null;
  const isSources = view.tab === "sources";
  const [href, label] = isSources ? ["/sources/new", "New source"] : [presetsHref("new"), "New preset"];
  return (
    <Group gap="sm">
      {isSources && <ExportOpmlButton />}
      {isSources && canEdit && (
        <Button component={AppLink} href="/sources/import" variant="default" leftSection={<IconFileImport size={16} aria-hidden />}>
          Import
        </Button>
      )}
      {canEdit && (
        <Button component={AppLink} href={href} leftSection={<IconPlus size={16} aria-hidden />}>
          {label}
        </Button>
      )}
    </Group>
  );
}

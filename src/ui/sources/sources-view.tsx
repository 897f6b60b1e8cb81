"use client";
import { Button, Group, Stack, Tabs } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMembership } from "@/ui/session/use-membership";
import { AppLink } from "@/ui/shell/app-link";
import { PageTitle } from "@/ui/shell/page-title";
import { useGo } from "@/ui/shell/use-go";
import { presetsHref } from "./presets-href";
import { PresetsPanel } from "./presets-panel";
import { SourcesPanel } from "./sources-panel";
import type { SourcesView as View } from "./sources-tab";

/** The Sources page with its two tabs; the address says which one. */
export function SourcesView({ view }: { view: View }) {
  const { go } = useGo();
  const { canEdit } = useMembership();
  const show = (tab: string | null) => {
    if (tab !== view.tab) void go(tab === "presets" ? presetsHref() : "/sources");
  };
  return (
    <Stack gap="lg">
      <Group justify="space-between">
        <PageTitle>Sources</PageTitle>
        {canEdit && <NewButton view={view} />}
      </Group>
      <Tabs value={view.tab} onChange={show} keepMounted={false}>
        <Tabs.List mb="lg">
          <Tabs.Tab value="sources">Sources</Tabs.Tab>
          <Tabs.Tab value="presets">Presets</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="sources">
          <SourcesPanel failingOnly={view.failingOnly} />
        </Tabs.Panel>
        <Tabs.Panel value="presets">
          <PresetsPanel preset={view.preset} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

function NewButton({ view }: { view: View }) {
  if (view.preset) return null;
  const [href, label] = view.tab === "sources" ? ["/sources/new", "New source"] : [presetsHref("new"), "New preset"];
  return (
    <Button component={AppLink} href={href} leftSection={<IconPlus size={16} aria-hidden />}>
      {label}
    </Button>
  );
}

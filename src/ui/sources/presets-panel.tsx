"use client";
import { Anchor, Button, List, Stack, Text, Title } from "@mantine/core";
import { useSuspenseQueries } from "@tanstack/react-query";
import { useState } from "react";
import type { Preset } from "@/domain/preset";
import { useMembership } from "@/ui/session/use-membership";
import { AppLink } from "@/ui/shell/app-link";
import { EmptyState } from "@/ui/states/empty-state";
import { ReadOnlyNotice } from "@/ui/states/read-only-notice";
import { useTRPC } from "@/ui/trpc/client";
import { PresetForm } from "./preset-form";
import { PresetTable } from "./preset-table";
import { presetsHref } from "./presets-href";

/** The tab with the presets: their list, or the form of one (`new` or an id). */
export function PresetsPanel({ preset: shown }: { preset: string | null }) {
  const trpc = useTRPC();
  const { timeZone, canEdit } = useMembership();
  const [{ data: presets }, { data: sources }] = useSuspenseQueries({ queries: [trpc.preset.list.queryOptions(), trpc.source.list.queryOptions()] });
  const preset = useShownPreset(presets, shown);

  if (canEdit && (shown === "new" || preset)) return <PresetForm key={shown} preset={preset} sources={sources} />;
  if (preset) return <ReadOnlyPreset preset={preset} />;
  if (shown === "new") return <EmptyState action={<BackToPresets />}>You can view presets. Editors can change them.</EmptyState>;
  if (shown) return <EmptyState action={<BackToPresets />}>This preset no longer exists.</EmptyState>;
  if (presets.length === 0) return <NoPresets canEdit={canEdit} hasSources={sources.length > 0} />;
  return <PresetTable presets={presets} timeZone={timeZone} canEdit={canEdit} />;
}

/**
 * The one with this id. What was shown stays when the preset is deleted, as a source does: here, until the list is there; by somebody else, with
 * what was typed, which can be saved as a copy.
 */
function useShownPreset(presets: readonly Preset[], id: string | null): Preset | null {
  const [last, setLast] = useState<Preset | null>(null);
  const preset = presets.find((each) => each.id === id) ?? (last?.id === id ? last : null);
  if (preset !== last) setLast(preset);
  return preset;
}

function ReadOnlyPreset({ preset: { name, sources } }: { preset: Preset }) {
  return (
    <Stack align="flex-start">
      <Title order={2} size="h3" style={{ overflowWrap: "anywhere" }}>
        {name}
      </Title>
      <ReadOnlyNotice />
      {sources.length === 0 ? (
        <Text>It has no sources.</Text>
      ) : (
        <List type="ordered" aria-label="Order of the sources" style={{ overflowWrap: "anywhere" }}>
          {sources.map((source) => (
            <List.Item key={source.id}>
              <Anchor component={AppLink} href={`/sources/${source.id}`} prefetch={false} inherit underline="always">
                <bdi>{source.name}</bdi>
              </Anchor>
              {source.enabled && source.enabledHere ? "" : " (off)"}
            </List.Item>
          ))}
        </List>
      )}
      <BackToPresets />
    </Stack>
  );
}

function BackToPresets() {
  return (
    <Button component={AppLink} href={presetsHref()} variant="default">
      Show all presets
    </Button>
  );
}

function NoPresets({ canEdit, hasSources }: { canEdit: boolean; hasSources: boolean }) {
  if (!canEdit) return <EmptyState>No presets yet.</EmptyState>;
  const [href, label] = hasSources ? [presetsHref("new"), "Create the first preset"] : ["/sources/new", "Add a source first"];
  return (
    <EmptyState
      action={
        <Button component={AppLink} href={href}>
          {label}
        </Button>
      }
    >
      No presets yet. A preset is a named selection of sources; the schedule collects one.
    </EmptyState>
  );
}

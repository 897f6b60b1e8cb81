"use client";
import { Button } from "@mantine/core";
import { useSuspenseQueries } from "@tanstack/react-query";
import { useMembership } from "@/ui/session/use-membership";
import { AppLink } from "@/ui/shell/app-link";
import { EmptyState } from "@/ui/states/empty-state";
import { useTRPC } from "@/ui/trpc/client";
import { PresetForm } from "./preset-form";
import { PresetTable } from "./preset-table";
import { presetsHref } from "./presets-href";

/** The tab with the presets: their list, or the form of one (`new` or an id). */
export function PresetsPanel({ preset: shown }: { preset: string | null }) {
  const trpc = useTRPC();
  const { timeZone, canEdit } = useMembership();
  const [{ data: presets }, { data: sources }] = useSuspenseQueries({ queries: [trpc.preset.list.queryOptions(), trpc.source.list.queryOptions()] });
  const preset = presets.find((each) => each.id === shown) ?? null;

  if (canEdit && (shown === "new" || preset)) return <PresetForm key={shown} preset={preset} sources={sources} />;
  if (shown)
    return <EmptyState action={<BackToPresets />}>{canEdit ? "This preset no longer exists." : "You can view presets. Editors can change them."}</EmptyState>;
  if (presets.length === 0) return <NoPresets canEdit={canEdit} hasSources={sources.length > 0} />;
  return <PresetTable presets={presets} timeZone={timeZone} canEdit={canEdit} />;
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

"use client";
import { Button, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconCopy, IconDeviceFloppy } from "@tabler/icons-react";
import type { Preset } from "@/domain/preset";
import type { Source } from "@/domain/source";
import { AppLink } from "@/ui/shell/app-link";
import { ErrorState } from "@/ui/states/error-state";
import { StillHere } from "@/ui/states/still-here";
import { DeletePresetButton } from "./delete-preset-button";
import { isOvertaken, OvertakenNotice } from "./overtaken-notice";
import classes from "./preset-form.module.css";
import { PresetSourcesField } from "./preset-sources-field";
import { presetsHref } from "./presets-href";
import { usePresetEditor } from "./use-preset-editor";

interface PresetFormProps {
  /** Null for a new one. */
  preset: Preset | null;
  sources: readonly Source[];
}

/** A preset's name and its sources in order. Mod+S saves. */
export function PresetForm({ preset, sources }: PresetFormProps) {
  const editor = usePresetEditor(preset);
  const { form, edit, isPending, submit, copy } = editor;
  useHotkeys([["mod+S", () => submit()]], []);
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="lg" maw={760}>
        <Title order={2} size="h3">
          {preset ? preset.name : "New preset"}
        </Title>
        {preset?.usedBySchedule && <Text size="sm">The schedule collects this preset. What you save here counts from its next run.</Text>}
        <TextInput label="Name" placeholder="Morning news" withAsterisk {...form.getInputProps("name")} />
        <PresetSourcesField sources={sources} choice={form.values} onEdit={edit} error={form.errors.sourceIds} />
        <SaveFailure preset={preset} editor={editor} />
        <Group className={classes.actions}>
          <Button type="submit" loading={isPending} leftSection={<IconDeviceFloppy size={16} aria-hidden />}>
            Save preset
          </Button>
          {preset && (
            <Button variant="default" leftSection={<IconCopy size={16} aria-hidden />} loading={isPending} onClick={() => copy()}>
              Save as copy
            </Button>
          )}
          <Button component={AppLink} href={presetsHref()} variant="default">
            Back to presets
          </Button>
          {preset && <DeletePresetButton preset={preset} />}
        </Group>
      </Stack>
    </form>
  );
}

function SaveFailure({ preset, editor }: { preset: Preset | null; editor: ReturnType<typeof usePresetEditor> }) {
  const { failure, isPending, takeStored, keepMine } = editor;
  if (failure === null) return null;
  if (preset && isOvertaken(failure))
    return <OvertakenNotice what="preset" href={presetsHref(preset.id)} onTake={takeStored} onKeep={() => keepMine()} isSaving={isPending} />;
  return <ErrorState title="The preset was not saved" error={failure} effect={<StillHere error={failure}>Your changes are still here.</StillHere>} />;
}

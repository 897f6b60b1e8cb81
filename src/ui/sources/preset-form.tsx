"use client";
import { Button, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconCopy, IconDeviceFloppy } from "@tabler/icons-react";
import type { Preset } from "@/domain/preset";
import type { Source } from "@/domain/source";
import { useRefocus } from "@/ui/display/use-refocus";
import { AppLink } from "@/ui/shell/app-link";
import { DeletePresetButton } from "./delete-preset-button";
import classes from "./preset-form.module.css";
import { PresetSourcesField } from "./preset-sources-field";
import { presetsHref } from "./presets-href";
import { SaveFailure } from "./save-failure";
import { usePresetEditor } from "./use-preset-editor";

interface PresetFormProps {
  /** Null for a new one. */
  preset: Preset | null;
  sources: readonly Source[];
}

/** A preset's name and its sources in order. Mod+S saves. */
export function PresetForm({ preset, sources }: PresetFormProps) {
  const { form, edit, failure, isPending, submit, copy, takeStored, keepMine } = usePresetEditor(preset);
  const saveButton = useRefocus(isPending);
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
        <SaveFailure what="preset" failure={failure} href={presetsHref(preset?.id)} onTake={takeStored} onKeep={keepMine} />
        <Group className={classes.actions}>
          <Button ref={saveButton} type="submit" loading={isPending} leftSection={<IconDeviceFloppy size={16} aria-hidden />}>
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

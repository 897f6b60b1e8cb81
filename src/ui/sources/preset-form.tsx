"use client";
import { Button, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useHotkeys } from "@mantine/hooks";
import { IconCopy, IconDeviceFloppy } from "@tabler/icons-react";
import { useCallback, useState } from "react";
import { type Preset, type PresetDefinition, presetDefinitionSchema } from "@/domain/preset";
import type { Source } from "@/domain/source";
import { fieldErrorsOf, formErrorsOf } from "@/ui/error-message";
import { AppLink } from "@/ui/shell/app-link";
import { useLeaveGuard } from "@/ui/shell/leave-guard";
import { ErrorState } from "@/ui/states/error-state";
import { DeletePresetButton } from "./delete-preset-button";
import classes from "./preset-form.module.css";
import { copyName, presetFormOf } from "./preset-form-values";
import { PresetSourcesField } from "./preset-sources-field";
import { presetsHref } from "./presets-href";
import { type ChoiceEdit, NO_SOURCES } from "./source-choice";
import { useSavePreset } from "./use-save-preset";

interface PresetFormProps {
  /** Null for a new one. */
  preset: Preset | null;
  sources: readonly Source[];
}

/** A preset's name and its sources in order. Mod+S saves. */
export function PresetForm({ preset, sources }: PresetFormProps) {
  const form = useForm<Required<PresetDefinition>>({
    initialValues: presetFormOf(preset),
    validate: schemaResolver(presetDefinitionSchema, { sync: true }),
  });
  const { setValues } = form;
  const edit = useCallback((change: ChoiceEdit) => setValues((before) => change({ ...NO_SOURCES, ...before })), [setValues]);
  const [failure, setFailure] = useState<unknown>(null);
  const { save, saveCopy, isPending } = useSavePreset(preset?.id ?? null, () => form.resetDirty());
  useLeaveGuard(form.isDirty() && !isPending);
  const refuse = (error: unknown) => (fieldErrorsOf(error).length > 0 ? form.setErrors(formErrorsOf(error)) : setFailure(error));
  const withChecked = (use: (definition: PresetDefinition, onError: (error: unknown) => void) => void) =>
    form.onSubmit(
      (definition) => {
        // Keys repeat while they are held.
        if (isPending) return;
        setFailure(null);
        use(definition, refuse);
      },
      (errors) => form.getInputNode(Object.keys(errors)[0] ?? "")?.focus(),
    );
  const submit = withChecked(save);
  const copy = withChecked((definition, onError) => saveCopy({ ...definition, name: copyName(definition.name, preset?.name) }, onError));
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
        {failure !== null && <ErrorState title="The preset was not saved" error={failure} effect="Your changes are still here." />}
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

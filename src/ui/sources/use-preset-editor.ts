"use client";
import { schemaResolver, useForm } from "@mantine/form";
import { useCallback, useState } from "react";
import { type Preset, type PresetDefinition, presetDefinitionSchema } from "@/domain/preset";
import { fieldErrorsOf, formErrorsOf } from "@/ui/error-message";
import { useFormGuard } from "@/ui/shell/use-form-guard";
import { copyName, presetFormOf } from "./preset-form-values";
import { type ChoiceEdit, NO_SOURCES } from "./source-choice";
import { useRevision } from "./use-revision";
import { useSavePreset } from "./use-save-preset";

/** The state of the form of a preset; null: of a new one. */
export function usePresetEditor(preset: Preset | null) {
  const form = useForm<Required<PresetDefinition>>({
    initialValues: presetFormOf(preset),
    validate: schemaResolver(presetDefinitionSchema, { sync: true }),
  });
  const { setValues } = form;
  const edit = useCallback((change: ChoiceEdit) => setValues((before) => change({ ...NO_SOURCES, ...before })), [setValues]);
  const [failure, setFailure] = useState<unknown>(null);
  const { save, saveCopy, isPending } = useSavePreset(preset?.id ?? null, () => form.resetDirty());
  const { seen, takeStored } = useRevision(preset, { form, valuesOf: presetFormOf, onShown: () => setFailure(null) });
  useFormGuard({ isDirty: form.isDirty(), isPending });

  const refuse = (error: unknown) => (fieldErrorsOf(error).length > 0 ? form.setErrors(formErrorsOf(error)) : setFailure(error));
  const withChecked = (use: (definition: PresetDefinition) => void) =>
    form.onSubmit(
      (definition) => {
        // Keys repeat while they are held.
        if (isPending) return;
        setFailure(null);
        use(definition);
      },
      (errors) => form.getInputNode(Object.keys(errors)[0] ?? "")?.focus(),
    );

  return {
    form,
    edit,
    failure,
    isPending,
    submit: withChecked((definition) => save(definition, seen, refuse)),
    copy: withChecked((definition) => saveCopy({ ...definition, name: copyName(definition.name, preset?.name) }, refuse)),
    takeStored() {
      takeStored();
      // The notice goes, and with it the button that was used.
      form.getInputNode("name")?.focus();
    },
    /** Saves over this revision of somebody else's, and over no later one. */
    keepMine: (theirs: string) => withChecked((definition) => save(definition, theirs, refuse))(),
  };
}

"use client";
import { Select } from "@mantine/core";
import { SOURCE_TEMPLATES } from "@/domain/templates";
import { useSourceFormContext } from "./source-form-context";
import { sourceFormOf } from "./source-form-values";

const OPTIONS = SOURCE_TEMPLATES.map((template) => ({ value: template.id, label: template.title }));

/** Fills the form with a ready-made definition; everything can be changed afterwards. */
export function TemplatePicker({ value, onChange }: { value: string | null; onChange: (templateId: string | null) => void }) {
  const form = useSourceFormContext();
  const chosen = SOURCE_TEMPLATES.find((template) => template.id === value);
  const fill = (templateId: string | null) => {
    onChange(templateId);
    const template = SOURCE_TEMPLATES.find((each) => each.id === templateId);
    if (!template) return;
    form.clearErrors();
    form.setValues(sourceFormOf(template.definition, form.values.enabled));
  };
  return (
    <Select
      label="Start from a template"
      description={chosen?.description ?? "Fills in the form below. You can change everything afterwards."}
      placeholder="Pick a template, or leave this empty"
      data={OPTIONS}
      value={value}
      onChange={fill}
      searchable
      clearable
      clearButtonProps={{ "aria-label": "Clear the template" }}
      nothingFoundMessage="No template has this name."
    />
  );
}

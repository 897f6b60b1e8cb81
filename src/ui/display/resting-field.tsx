"use client";
import { TextInput, type TextInputProps } from "@mantine/core";
import { IconSelector } from "@tabler/icons-react";
import type { SelectFieldProps } from "./select-field";

/** The mark of a field that opens a list. */
export const CHEVRON = <IconSelector size={18} stroke={1.7} color="var(--mantine-color-dimmed)" aria-hidden />;

interface RestingFieldProps extends Omit<TextInputProps, "value" | "onChange"> {
  /** What stands in it. */
  text: string;
}

/** A list to choose from, as it looks while it is closed. */
export function RestingField({ text, ...field }: RestingFieldProps) {
  return (
    <TextInput
      // The field is the browser's own, which takes a new text only as a new field.
      key={text}
      size="md"
      defaultValue={text}
      role="combobox"
      aria-haspopup="listbox"
      aria-expanded={false}
      autoComplete="off"
      rightSection={CHEVRON}
      rightSectionPointerEvents="none"
      {...field}
    />
  );
}

export function RestingSelect({ data, value, onChange, renderOption, ...field }: SelectFieldProps) {
  return <RestingField readOnly pointer text={data.find((option) => option.value === value)?.label ?? ""} {...field} />;
}

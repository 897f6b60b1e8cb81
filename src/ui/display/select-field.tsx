"use client";
import { type ComboboxItem, Select, type SelectProps } from "@mantine/core";
import { CHEVRON } from "./resting-field";
import classes from "./select-field.module.css";

export interface SelectFieldProps
  extends Pick<SelectProps, "id" | "label" | "description" | "placeholder" | "error" | "maw" | "w" | "className" | "renderOption"> {
  data: readonly ComboboxItem[];
  value: string | null;
  onChange: (picked: string) => void;
}

/** A choice of one of a few; something stays chosen. The list scrolls by itself and stays within the page's landmarks. */
export function SelectField({ data, onChange, ...field }: SelectFieldProps) {
  return (
    <Select
      size="md"
      data={data}
      onChange={(picked) => picked !== null && onChange(picked)}
      allowDeselect={false}
      withScrollArea={false}
      classNames={{ options: classes.options }}
      comboboxProps={{ withinPortal: false }}
      rightSection={CHEVRON}
      {...field}
    />
  );
}

"use client";
import { TextInput } from "@mantine/core";

interface DayFieldProps {
  label: string;
  /** "2026-11-23" */
  value: string | undefined;
  onChange: (day: string | undefined) => void;
}

/** A whole day to filter by; what is typed counts as soon as it is a date. */
export function DayField({ label, value, onChange }: DayFieldProps) {
  return (
    <TextInput
      type="date"
      label={label}
      value={value ?? ""}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
      w={{ base: "calc(50% - var(--mantine-spacing-md) / 2)", xs: 150 }}
    />
  );
}

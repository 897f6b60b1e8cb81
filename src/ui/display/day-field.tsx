"use client";
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { isHalfTypedDay } from "./half-typed-day";

interface DayFieldProps {
  label: string;
  /** "2026-11-23" */
  value: string | undefined;
  onChange: (day: string | undefined) => void;
}

/** A whole day to filter by; what is typed counts as soon as it is a date. */
export function DayField({ label, value = "", onChange }: DayFieldProps) {
  const [typed, setTyped] = useState(value);
  const [shownValue, setShownValue] = useState(value);
  // The address changed by other means (Back, "Clear filters"): what is typed follows it.
  if (shownValue !== value) {
    setShownValue(value);
    setTyped(value);
  }
  function type({ value: day, validity }: HTMLInputElement) {
    setTyped(day);
    if (!isHalfTypedDay(day, validity)) onChange(day || undefined);
  }
  return (
    <TextInput
      type="date"
      label={label}
      value={typed}
      onChange={(event) => type(event.currentTarget)}
      // What was left half typed narrows nothing.
      onBlur={() => setTyped(value)}
      // Without it a year has six digits.
      max="9999-12-31"
      w={{ base: "calc(50% - var(--mantine-spacing-md) / 2)", xs: 150 }}
    />
  );
}

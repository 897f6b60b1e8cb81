"use client";
import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";

interface SearchFieldProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
}

/** A text to filter by. It waits until the typing pauses, or until somebody goes on to something else. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const [shownValue, setShownValue] = useState(value);
  // The address changed by other means (Back, "Clear filters"): what is typed follows it.
  if (shownValue !== value) {
    setShownValue(value);
    if (text.trim() !== value) setText(value);
  }
  const search = useDebouncedCallback((next: string) => onChange(next.trim()), 300);
  const type = (next: string) => {
    setText(next);
    search(next);
  };
  return (
    <TextInput
      type="search"
      label={label}
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
      // Searched for later, it would call back who followed a link meanwhile.
      onBlur={() => search.flush()}
      maxLength={200}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={text && <CloseButton size="sm" aria-label="Clear the search" onClick={() => type("")} />}
      w={{ base: "100%", xs: 320 }}
    />
  );
}

"use client";
import { Select } from "@mantine/core";
import type { FeedConfig } from "@/domain/source";
import { useSourceFormContext } from "./source-form-context";

const KEYS: { value: NonNullable<FeedConfig["keyFrom"]>; label: string }[] = [
  { value: "id", label: "Its id, else its link" },
  { value: "link", label: "Its link" },
  { value: "title", label: "Its title" },
];

/** What an entry of a feed is known again by. Its items need nothing else to be said. */
export function FeedFields() {
  const form = useSourceFormContext();
  return (
    <Select
      label="Key"
      description="By it an item is known again. Choose another one where ids are made anew each time or repeat; all items then count as new once."
      data={KEYS}
      allowDeselect={false}
      {...form.getInputProps("feed.keyFrom")}
    />
  );
}

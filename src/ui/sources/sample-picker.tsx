"use client";
import { Button, Group, Select, Stack, Text, VisuallyHidden } from "@mantine/core";
import { IconList, IconPlus } from "@tabler/icons-react";
import { useState } from "react";

const PURPOSES = [
  { value: "fields", label: "A further field" },
  { value: "key", label: "Key" },
  { value: "title", label: "Title" },
  { value: "link", label: "Link" },
  { value: "date", label: "Date of publication" },
] as const;
/** What becomes of what somebody picks. */
export type Purpose = (typeof PURPOSES)[number]["value"];

function wordsOf(purpose: Purpose): string {
  return purpose === "fields" ? "a further field" : `the ${PURPOSES.find(({ value }) => value === purpose)?.label.toLowerCase()}`;
}

/** What could be the list of items. */
export interface SampleChoice {
  /** An expression or a selector. */
  value: string;
  label: string;
}

/** What the items hold. */
export interface SampleValue {
  /** Tells it from the others, and stands on its button. */
  label: string;
  sample: string;
}

interface SamplePickerProps<Value extends SampleValue> {
  lists: readonly SampleChoice[];
  chosen: string;
  fields: readonly Value[];
  /** Whether a field can serve for this purpose. Absent: each can. */
  isFit?: (field: Value, purpose: Purpose) => boolean;
  onList: (value: string) => void;
  onField: (field: Value, purpose: Purpose) => void;
}

/** What a page holds, as buttons that fill in the form above. */
export function SamplePicker<Value extends SampleValue>({ lists, chosen, fields, isFit = () => true, onList, onField }: SamplePickerProps<Value>) {
  const [purpose, setPurpose] = useState<Purpose>("fields");
  const [said, say] = useState("");

  function pick(field: Value) {
    onField(field, purpose);
    say(`${field.label} is ${wordsOf(purpose)} now.`);
  }

  return (
    <Stack gap="md">
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      {lists.length > 0 && <ListButtons lists={lists} chosen={chosen} onPick={onList} />}
      <Select
        label="What you pick below becomes"
        data={PURPOSES}
        value={purpose}
        onChange={(next) => setPurpose(next ?? "fields")}
        allowDeselect={false}
        w={{ base: "100%", xs: 260 }}
      />
      {fields.length > 0 ? (
        <FieldButtons fields={fields.filter((field) => isFit(field, purpose))} onPick={pick} />
      ) : (
        <Text>No items were found by what the form says. Pick a list, or correct it above.</Text>
      )}
    </Stack>
  );
}

function ListButtons({ lists, chosen, onPick }: { lists: readonly SampleChoice[]; chosen: string; onPick: (value: string) => void }) {
  return (
    <Group gap="xs" role="group" aria-label="List of items">
      {lists.map(({ value, label }) => (
        <Button
          key={value}
          variant={value === chosen ? "filled" : "default"}
          size="sm"
          aria-pressed={value === chosen}
          leftSection={<IconList size={16} aria-hidden />}
          onClick={() => onPick(value)}
        >
          {label}
        </Button>
      ))}
    </Group>
  );
}

function FieldButtons<Value extends SampleValue>({ fields, onPick }: { fields: readonly Value[]; onPick: (field: Value) => void }) {
  if (fields.length === 0) return <Text>Nothing in the items can serve for this.</Text>;
  return (
    <Stack gap={6} component="ul" p={0} m={0} style={{ listStyle: "none" }} aria-label="Fields of the first item">
      {fields.map((field) => (
        <Group key={field.label} component="li" gap="sm" wrap="nowrap">
          <Button
            variant="default"
            size="compact-md"
            fz="sm"
            ff="monospace"
            leftSection={<IconPlus size={14} aria-hidden />}
            style={{ flex: "none", maxWidth: "60%" }}
            onClick={() => onPick(field)}
          >
            {field.label}
          </Button>
          <Text size="sm" c="dimmed" truncate>
            {field.sample}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}

"use client";
import { Group, Select, TextInput } from "@mantine/core";
import type { Preset } from "@/domain/preset";

/** Where imported sources go besides the list of sources. */
export interface PresetTarget {
  /** A preset's id, `NEW_PRESET`, or null for none. */
  choice: string | null;
  /** Of a new one. */
  name: string;
}

export const NEW_PRESET = "new";
export const NO_TARGET: PresetTarget = { choice: null, name: "" };

/** The target as the server takes it. */
export function targetInput({ choice, name }: PresetTarget) {
  if (choice === null) return {};
  return { preset: choice === NEW_PRESET ? { name } : { id: choice } };
}

interface PresetTargetFieldProps {
  presets: readonly Preset[];
  value: PresetTarget;
  onChange: (target: PresetTarget) => void;
  nameError: string | null;
}

/** Whether the sources go into a preset, too: one that is there, or a new one. */
export function PresetTargetField({ presets, value, onChange, nameError }: PresetTargetFieldProps) {
  return (
    <Group align="flex-start">
      <Select
        label="Add them to a preset"
        description="You can do this later, too."
        placeholder="No preset"
        data={[{ value: NEW_PRESET, label: "New preset" }, ...presets.map(({ id, name }) => ({ value: id, label: name }))]}
        value={value.choice}
        onChange={(choice) => onChange({ ...value, choice })}
        searchable
        clearable
        limit={50}
        nothingFoundMessage="No preset has this name."
        clearButtonProps={{ "aria-label": "Add them to no preset" }}
        w={{ base: "100%", xs: 280 }}
      />
      {value.choice === NEW_PRESET && (
        <TextInput
          label="Name of the new preset"
          description="For instance Morning news."
          withAsterisk
          value={value.name}
          error={nameError}
          onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
          w={{ base: "100%", xs: 280 }}
        />
      )}
    </Group>
  );
}

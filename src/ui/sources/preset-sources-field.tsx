"use client";
import { ActionIcon, Group, Paper, Select, Stack, Switch, Text } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconX } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import type { Source } from "@/domain/source";
import { hostOf } from "@/ui/runs/run-words";
import { moved } from "./reorder";

interface PresetSourcesFieldProps {
  sources: readonly Source[];
  value: string[];
  onChange: (sourceIds: string[]) => void;
  /** Those that runs of this preset leave out. */
  off: readonly string[];
  onOffChange: (offSourceIds: string[]) => void;
  error?: ReactNode;
}

/** Which sources a preset has, in which order, and which of them are on in it. Runs start them in this order. */
export function PresetSourcesField({ sources, value, onChange, off, onOffChange, error }: PresetSourcesFieldProps) {
  const byId = new Map(sources.map((source) => [source.id, source]));
  const turn = (id: string, isOn: boolean) => onOffChange(isOn ? off.filter((each) => each !== id) : [...off, id]);
  return (
    <Stack gap="sm">
      <SourcePicker sources={sources.filter(({ id }) => !value.includes(id))} onPick={(id) => onChange([...value, id])} error={error} />
      <Stack component="ol" gap={4} p={0} m={0} style={{ listStyle: "none" }} aria-label="Order of the sources">
        {value.map((id, index) => (
          <OrderRow
            key={id}
            source={byId.get(id)}
            position={index}
            count={value.length}
            isOn={!off.includes(id)}
            onTurn={(isOn) => turn(id, isOn)}
            onMove={(to) => onChange(moved(value, index, to))}
            onRemove={() => {
              onChange(value.toSpliced(index, 1));
              turn(id, true);
            }}
          />
        ))}
      </Stack>
    </Stack>
  );
}

interface SourcePickerProps {
  sources: readonly Source[];
  onPick: (id: string) => void;
  error: ReactNode;
}

/** What is picked goes to the list below at once, and the next can be typed. */
function SourcePicker({ sources, onPick, error }: SourcePickerProps) {
  const [search, setSearch] = useState("");
  return (
    <Select
      label="Sources"
      description="Pick any number. Runs start them in the order below."
      placeholder="Search sources"
      data={sources.map((source) => ({ value: source.id, label: source.name }))}
      value={null}
      onChange={(id) => {
        if (id !== null) onPick(id);
        setSearch("");
      }}
      searchValue={search}
      onSearchChange={setSearch}
      error={error}
      searchable
      limit={100}
      nothingFoundMessage="No other source has this name."
      data-path="sourceIds"
    />
  );
}

interface OrderRowProps {
  /** Undefined once it is deleted. */
  source: Source | undefined;
  position: number;
  count: number;
  isOn: boolean;
  onTurn: (isOn: boolean) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
}

function OrderRow({ source, position, count, isOn, onTurn, onMove, onRemove }: OrderRowProps) {
  const name = source?.name ?? "A source that was deleted";
  return (
    <Paper component="li" withBorder px="sm" py={6}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" c={isOn ? undefined : "dimmed"} style={{ overflowWrap: "anywhere" }}>
          {position + 1}. {name}{" "}
          <Text span inherit c="dimmed">
            {hostOf(source?.url ?? "")}
            {source?.enabled === false && ", off in all presets"}
          </Text>
        </Text>
        <Group gap={4} wrap="nowrap">
          <Switch
            aria-label={`Collect ${name} in this preset`}
            onLabel="On"
            offLabel="Off"
            size="md"
            mr={4}
            checked={isOn}
            onChange={(event) => onTurn(event.currentTarget.checked)}
          />
          <ActionIcon variant="default" size="lg" aria-label={`Move ${name} up`} disabled={position === 0} onClick={() => onMove(position - 1)}>
            <IconArrowUp size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="default" size="lg" aria-label={`Move ${name} down`} disabled={position === count - 1} onClick={() => onMove(position + 1)}>
            <IconArrowDown size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="default" size="lg" aria-label={`Remove ${name}`} onClick={onRemove}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Group>
      </Group>
    </Paper>
  );
}

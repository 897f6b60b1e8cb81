"use client";
import { ActionIcon, Group, MultiSelect, Paper, Stack, Text } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Source } from "@/domain/source";
import { hostOf } from "@/ui/runs/run-words";
import { moved } from "./reorder";

interface PresetSourcesFieldProps {
  sources: readonly Source[];
  value: string[];
  onChange: (sourceIds: string[]) => void;
  error?: ReactNode;
}

/** Which sources a preset has, in which order. Runs start them in this order. */
export function PresetSourcesField({ sources, value, onChange, error }: PresetSourcesFieldProps) {
  const byId = new Map(sources.map((source) => [source.id, source]));
  return (
    <Stack gap="sm">
      <MultiSelect
        label="Sources"
        description="Pick any number. Runs start them in the order below."
        placeholder={value.length === 0 ? "Search sources" : undefined}
        data={sources.map((source) => ({ value: source.id, label: source.name }))}
        value={value}
        onChange={onChange}
        error={error}
        searchable
        limit={100}
        nothingFoundMessage="No source has this name."
        data-path="sourceIds"
      />
      <Stack component="ol" gap={4} p={0} m={0} style={{ listStyle: "none" }} aria-label="Order of the sources">
        {value.map((id, index) => (
          <OrderRow
            key={id}
            name={byId.get(id)?.name ?? "A source that was deleted"}
            host={hostOf(byId.get(id)?.url ?? "")}
            position={index}
            count={value.length}
            onMove={(to) => onChange(moved(value, index, to))}
            onRemove={() => onChange(value.toSpliced(index, 1))}
          />
        ))}
      </Stack>
    </Stack>
  );
}

interface OrderRowProps {
  name: string;
  host: string;
  position: number;
  count: number;
  onMove: (to: number) => void;
  onRemove: () => void;
}

function OrderRow({ name, host, position, count, onMove, onRemove }: OrderRowProps) {
  return (
    <Paper component="li" withBorder px="sm" py={6}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          {position + 1}. {name}{" "}
          <Text span inherit c="dimmed">
            {host}
          </Text>
        </Text>
        <Group gap={4} wrap="nowrap">
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

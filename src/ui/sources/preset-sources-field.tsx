"use client";
import { ActionIcon, Group, Paper, Select, Stack, Switch, Text } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconX } from "@tabler/icons-react";
import { memo, type ReactNode, useState } from "react";
import type { Source } from "@/domain/source";
import { focusNeighbour } from "@/ui/display/focus-neighbour";
import { hostOf } from "@/ui/runs/run-words";
import { adding, type ChoiceEdit, moving, removing, type SourceChoice, turning } from "./source-choice";

interface PresetSourcesFieldProps {
  sources: readonly Source[];
  choice: SourceChoice;
  /** Stays the same function. */
  onEdit: (edit: ChoiceEdit) => void;
  error?: ReactNode;
}

/** Which sources a preset has, in which order, and which of them are on in it. Runs start them in this order. */
export function PresetSourcesField({ sources, choice: { sourceIds, offSourceIds }, onEdit, error }: PresetSourcesFieldProps) {
  const byId = new Map(sources.map((source) => [source.id, source]));
  const [chosen, off] = [new Set(sourceIds), new Set(offSourceIds)];
  return (
    <Stack gap="sm">
      <SourcePicker sources={sources.filter(({ id }) => !chosen.has(id))} onPick={(id) => onEdit(adding(id))} error={error} />
      <Stack component="ol" gap={4} p={0} m={0} style={{ listStyle: "none" }} aria-label="Order of the sources">
        {sourceIds.map((id, index) => (
          <OrderRow key={id} id={id} source={byId.get(id)} position={index} isLast={index === sourceIds.length - 1} isOn={!off.has(id)} onEdit={onEdit} />
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

/** A button that moved its source to the end keeps the focus, which one that is disabled would lose. There it does nothing. */
function restingWhere(isEnd: boolean) {
  return isEnd ? { "aria-disabled": true, "data-disabled": true } : {};
}

interface OrderRowProps extends Pick<PresetSourcesFieldProps, "onEdit"> {
  id: string;
  /** Undefined once it is deleted. */
  source: Source | undefined;
  position: number;
  isLast: boolean;
  isOn: boolean;
}

/** A preset may hold a thousand: those rows that stay as they are cost nothing when something else in the form changes. */
const OrderRow = memo(function OrderRow({ id, source, position, isLast, isOn, onEdit }: OrderRowProps) {
  const name = source?.name ?? "A source that was deleted";
  return (
    <Paper component="li" withBorder px="sm" py={6}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" c={isOn ? undefined : "dimmed"} flex="1 1 12rem" style={{ overflowWrap: "anywhere" }}>
          {position + 1}. <bdi>{name}</bdi>{" "}
          <Text span inherit c="dimmed">
            {hostOf(source?.url ?? "")}
            {source?.enabled === false && ", off in all presets"}
          </Text>
        </Text>
        <Group gap={4} wrap="nowrap" ml="auto">
          <Switch
            aria-label={`Collect ${name} in this preset`}
            onLabel="On"
            offLabel="Off"
            size="md"
            mr={4}
            checked={isOn}
            onChange={(event) => onEdit(turning(id, event.currentTarget.checked))}
          />
          <ActionIcon variant="default" size="lg" aria-label={`Move ${name} up`} {...restingWhere(position === 0)} onClick={() => onEdit(moving(id, -1))}>
            <IconArrowUp size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="default" size="lg" aria-label={`Move ${name} down`} {...restingWhere(isLast)} onClick={() => onEdit(moving(id, 1))}>
            <IconArrowDown size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={`Remove ${name}`}
            onClick={({ currentTarget }) => {
              focusNeighbour(currentTarget);
              onEdit(removing(id));
            }}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Group>
      </Group>
    </Paper>
  );
});

"use client";
import { Alert, Anchor, Group, Select, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { Preset } from "@/domain/preset";
import { hostOf } from "@/ui/runs/run-words";
import { AppLink } from "@/ui/shell/app-link";
import { Instant } from "@/ui/time/instant";
import type { ScheduleEditor } from "./use-schedule-editor";
import classes from "./what-section.module.css";

/** What a run collects: the preset, what is in it, and which of its sources fail. */
export function WhatSection({ editor, presets }: { editor: ScheduleEditor; presets: readonly Preset[] }) {
  const preset = presets.find(({ id }) => id === editor.draft.presetId);
  return (
    <Stack gap="sm" component="section" aria-labelledby="what-title">
      <Group justify="space-between" align="baseline">
        <Title order={2} size="h4" id="what-title">
          What runs
        </Title>
        <Anchor component={AppLink} href="/sources" size="sm" underline="always" py={4}>
          Sources and presets
        </Anchor>
      </Group>
      <Select
        label="Preset"
        placeholder="Pick a preset"
        size="md"
        withScrollArea={false}
        classNames={{ options: classes.options }}
        comboboxProps={{ withinPortal: false }}
        data={presets.map(({ id, name }) => ({ value: id, label: name }))}
        value={editor.draft.presetId}
        onChange={(presetId) => editor.change({ presetId })}
        allowDeselect={false}
        error={editor.errors.presetId}
      />
      {preset && <PresetFacts preset={preset} timeZone={editor.draft.timeZone} />}
    </Stack>
  );
}

/** "14 sources on 9 hosts", when it last worked, and the sources that fail. */
export function PresetFacts({ preset, timeZone }: { preset: Preset; timeZone: string }) {
  const active = preset.sources.filter((source) => source.enabled);
  const hosts = new Set(active.map((source) => hostOf(source.url))).size;
  const failing = active.filter((source) => source.failing);
  return (
    <>
      <Text size="sm">
        {count(active.length, "source")} on {count(hosts, "host")}.{" "}
        {preset.lastSuccessAt && (
          <>
            Last collected <Instant at={preset.lastSuccessAt} timeZone={timeZone} />.
          </>
        )}
      </Text>
      {failing.length > 0 && (
        <Alert
          color="yellow"
          style={{ overflowWrap: "anywhere" }}
          icon={<IconAlertTriangle aria-hidden />}
          title={`${count(failing.length, "source")} failed last time`}
        >
          {failing.map((source) => source.name).join(", ")}
        </Alert>
      )}
    </>
  );
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

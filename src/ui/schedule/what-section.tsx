"use client";
import { Alert, Anchor, Group, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { Preset } from "@/domain/preset";
import { WarmSelectField } from "@/ui/display/warm-select-field";
import { AppLink } from "@/ui/shell/app-link";
import { Instant } from "@/ui/time/instant";
import { FIELD_IDS } from "./field-ids";
import { count, monthlySentence, sourcesSentence } from "./load-words";
import { PresetOption } from "./preset-option";
import type { ScheduleEditor } from "./use-schedule-editor";
import classes from "./what-section.module.css";

interface WhatSectionProps {
  editor: ScheduleEditor;
  presets: readonly Preset[];
  /** How often the draft is due in a month; null while that is not known. */
  runsPerMonth: number | null;
}

/** What a run collects: the preset, what is in it, what it asks of the web, and which of its sources fail. */
export function WhatSection({ editor, presets, runsPerMonth }: WhatSectionProps) {
  const { presetId, timeZone } = editor.draft;
  const preset = presets.find(({ id }) => id === presetId);
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
      <WarmSelectField
        id={FIELD_IDS.presetId}
        label="Preset"
        placeholder="Pick a preset"
        data={presets.map(({ id, name }) => ({ value: id, label: name }))}
        renderOption={({ option }) => <PresetOption preset={presets.find(({ id }) => id === option.value)} timeZone={timeZone} />}
        value={presetId}
        onChange={(picked) => editor.change({ presetId: picked })}
        error={editor.errors.presetId}
      />
      {preset && <PresetFacts preset={preset} timeZone={timeZone} runsPerMonth={runsPerMonth} />}
    </Stack>
  );
}

interface PresetFactsProps {
  preset: Preset;
  timeZone: string;
  runsPerMonth: number | null;
}

/** "14 sources on 9 hosts. About 22 runs and 310 requests a month.", when it last worked, and the sources that fail. */
export function PresetFacts({ preset, timeZone, runsPerMonth }: PresetFactsProps) {
  const monthly = runsPerMonth === null ? null : monthlySentence(runsPerMonth, preset.load);
  return (
    <>
      <Text size="sm">
        {sourcesSentence(preset.load)} {monthly}
      </Text>
      <Text size="sm" c="dimmed">
        {preset.lastSuccessAt ? (
          <>
            Last success: <Instant at={preset.lastSuccessAt} timeZone={timeZone} relative />.
          </>
        ) : (
          "Nothing of it has been collected yet."
        )}
      </Text>
      <FailingSources preset={preset} />
    </>
  );
}

/** The sources that the last run could not collect, each with the way to it. In the text's colour: a link's own has too little contrast there. */
function FailingSources({ preset }: { preset: Preset }) {
  const failing = preset.sources.filter((source) => source.enabled && source.failing);
  if (failing.length === 0) return null;
  return (
    <Alert
      color="yellow"
      className={classes.failing}
      icon={<IconAlertTriangle aria-hidden />}
      title={failing.length === 1 ? "1 source fails" : `${count(failing.length, "source")} fail`}
    >
      <ul className={classes.sources}>
        {failing.map(({ id, name }) => (
          <li key={id}>
            <Anchor component={AppLink} href={`/sources/${id}`} inherit c="inherit" underline="always" className={classes.source}>
              {name}
            </Anchor>
          </li>
        ))}
      </ul>
    </Alert>
  );
}

"use client";
import { Radio, Select, Stack, Text, TextInput, Title } from "@mantine/core";
import type { MissedPolicy } from "@/domain/schedule";
import { SPREAD_CHOICES_MS } from "@/domain/schedule-choices";
import { FIELD_IDS } from "./field-ids";
import { MISSED_POLICY_WORDS, OVERLAP_WORDS } from "./missed-policy-words";
import { spreadWords } from "./spread-words";
import type { ScheduleEditor } from "./use-schedule-editor";

/** What happens when runs overlap, are missed or take too long. */
export function RulesSection({ editor }: { editor: ScheduleEditor }) {
  return (
    <Stack gap="md" component="section" aria-labelledby="rules-title">
      <Title order={2} size="h4" id="rules-title">
        If runs overlap or are missed
      </Title>
      <Text size="sm">{OVERLAP_WORDS}</Text>
      <Radio.Group
        size="md"
        label="When the server was down at the time of a run"
        description="Whatever does not run is recorded, with how many there were."
        value={editor.draft.missedPolicy}
        onChange={(missedPolicy) => editor.change({ missedPolicy: missedPolicy as MissedPolicy })}
      >
        <Stack gap="xs" mt="xs">
          <Radio size="md" value="run_once" label={MISSED_POLICY_WORDS.run_once} />
          <Radio size="md" value="skip" label={MISSED_POLICY_WORDS.skip} />
        </Stack>
      </Radio.Group>
      <TextInput
        id={FIELD_IDS.runLimitMinutes}
        label="Run limit in minutes"
        size="md"
        description="A run that takes longer is stopped; what it collected stays. Empty: the server's limit, usually 15."
        inputMode="numeric"
        maw={420}
        autoComplete="off"
        value={editor.draft.runLimitMinutes}
        error={editor.errors.runLimitMinutes}
        onChange={(event) => editor.change({ runLimitMinutes: event.currentTarget.value })}
      />
      <Select
        label="Spread"
        size="md"
        description="Starts each run a little after its time, every organization at its own moment, so that not all call on the same sites at once."
        maw={420}
        data={spreadOptions(editor.draft.spreadMs)}
        value={String(editor.draft.spreadMs)}
        onChange={(picked) => picked !== null && editor.change({ spreadMs: Number(picked) })}
        allowDeselect={false}
        withScrollArea={false}
        comboboxProps={{ withinPortal: false }}
      />
    </Stack>
  );
}

/** What is stored stands in the list, although it is none of the usual choices. */
function spreadOptions(stored: number) {
  const choices = [...new Set([...SPREAD_CHOICES_MS, stored])].sort((one, other) => one - other);
  return choices.map((spreadMs) => ({ value: String(spreadMs), label: spreadWords(spreadMs) }));
}

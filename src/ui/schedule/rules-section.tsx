"use client";
import { Fieldset, Stack, Text, TextInput, Title } from "@mantine/core";
import { useId } from "react";
import { MISSED_POLICY_WORDS, OVERLAP_WORDS } from "@/domain/missed-policy-words";
import type { MissedPolicy } from "@/domain/schedule";
import { SPREAD_CHOICES_MS } from "@/domain/schedule-choices";
import { spreadWords } from "@/domain/spread-words";
import { PlainChoice } from "@/ui/display/plain-choice";
import { WarmSelectField } from "@/ui/display/warm-select-field";
import fieldset from "./choice-fieldset.module.css";
import { FIELD_IDS } from "./field-ids";
import type { ScheduleEditor } from "./use-schedule-editor";

const MISSED_POLICIES = ["run_once", "skip"] as const satisfies readonly MissedPolicy[];

/** What happens when runs overlap, are missed or take too long. */
export function RulesSection({ editor }: { editor: ScheduleEditor }) {
  return (
    <Stack gap="md" component="section" aria-labelledby="rules-title">
      <Title order={2} size="h4" id="rules-title">
        If runs overlap or are missed
      </Title>
      <Text size="sm">{OVERLAP_WORDS}</Text>
      <MissedPolicyChoice missedPolicy={editor.draft.missedPolicy} onChoose={(missedPolicy) => editor.change({ missedPolicy })} />
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
      <WarmSelectField
        label="Spread"
        description="Starts each run a little after its time, every organization at its own moment, so that not all call on the same sites at once."
        maw={420}
        data={spreadOptions(editor.draft.spreadMs)}
        value={String(editor.draft.spreadMs)}
        onChange={(picked) => editor.change({ spreadMs: Number(picked) })}
      />
    </Stack>
  );
}

function MissedPolicyChoice({ missedPolicy, onChoose }: { missedPolicy: MissedPolicy; onChoose: (policy: MissedPolicy) => void }) {
  const described = useId();
  return (
    <Fieldset variant="unstyled" legend="When the server was down at the time of a run" classNames={fieldset} aria-describedby={described}>
      <Text size="sm" c="dimmed" id={described} mb="xs">
        Whatever does not run is recorded, with how many there were.
      </Text>
      <Stack gap="xs">
        {MISSED_POLICIES.map((policy) => (
          <PlainChoice
            key={policy}
            type="radio"
            name="missedPolicy"
            label={MISSED_POLICY_WORDS[policy]}
            checked={policy === missedPolicy}
            onChange={() => onChoose(policy)}
          />
        ))}
      </Stack>
    </Fieldset>
  );
}

/** What is stored stands in the list, although it is none of the usual choices. */
function spreadOptions(stored: number) {
  const choices = [...new Set([...SPREAD_CHOICES_MS, stored])].sort((one, other) => one - other);
  return choices.map((spreadMs) => ({ value: String(spreadMs), label: spreadWords(spreadMs) }));
}

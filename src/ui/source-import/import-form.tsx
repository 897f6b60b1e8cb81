"use client";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useSuspenseQueries } from "@tanstack/react-query";
import { useDeferredValue, useMemo, useState } from "react";
import { type ImportResult, MOST_IMPORTED } from "@/domain/source-import";
import { CalmStatus } from "@/ui/display/calm-status";
import { useOneClick } from "@/ui/display/use-one-click";
import { formErrorsOf } from "@/ui/error-message";
import { useBackGuard } from "@/ui/shell/back-guard";
import { useLeaveGuard, useSavingGuard } from "@/ui/shell/leave-guard";
import { ErrorState } from "@/ui/states/error-state";
import { StillHere } from "@/ui/states/still-here";
import { useTRPC } from "@/ui/trpc/client";
import { ImportListField } from "./import-list-field";
import { planText, withUnread } from "./import-plan";
import { importLabel, importSummary } from "./import-words";
import { ImportedNotice } from "./imported-notice";
import { OutcomeTable } from "./outcome-table";
import { NEW_PRESET, NO_TARGET, type PresetTarget, PresetTargetField, targetInput } from "./preset-target";
import { useImport } from "./use-import";

const NAME_MISSING = "Give the preset a name.";

/** A list, what would become of each of its lines, and the import; afterwards what became of them. */
export function ImportForm() {
  const trpc = useTRPC();
  const [{ data: stored }, { data: presets }] = useSuspenseQueries({ queries: [trpc.source.list.queryOptions(), trpc.preset.list.queryOptions()] });
  const [text, setText] = useState("");
  const [target, setTarget] = useState<PresetTarget>(NO_TARGET);
  const [sent, setSent] = useState<string | null>(null);
  const [done, setDone] = useState<ImportResult | null>(null);
  const [nameMissing, setNameMissing] = useState(false);
  const read = useDeferredValue(text);
  const plan = useMemo(() => planText(read, stored), [read, stored]);
  const { mutate, isPending, error, reset } = useImport();
  // What is typed while the list is on its way is not imported with it.
  const isChanged = text !== sent;
  const isUnsaved = text !== "" && (isChanged || !(isPending || done));
  useLeaveGuard(isUnsaved);
  useBackGuard(isUnsaved);
  useSavingGuard(isPending);
  const once = useOneClick(isPending);

  const nameError = nameMissing ? NAME_MISSING : (formErrorsOf(error).name ?? null);
  const tooMany =
    plan.entries.length > MOST_IMPORTED ? `This list has ${plan.entries.length} entries. Import at most ${MOST_IMPORTED} at once: split it.` : null;
  const label = importLabel(plan.outcomes, target.choice !== null);

  function change(apply: () => void) {
    apply();
    setNameMissing(false);
    // What is on its way goes on, and is told of.
    if (!isPending) reset();
  }

  function submit() {
    if (target.choice === NEW_PRESET && target.name.trim() === "") return setNameMissing(true);
    const onSuccess = (result: ImportResult) => setDone({ ...result, outcomes: withUnread(result.outcomes, plan.unread) });
    once(() => {
      setSent(read);
      mutate({ entries: plan.entries, ...targetInput(target) }, { onSuccess });
    });
  }

  function goOn() {
    setDone(null);
    if (!isChanged) setText("");
    setTarget(NO_TARGET);
    reset();
  }

  if (done) return <ImportedNotice result={done} isChanged={isChanged} onAgain={goOn} />;
  return (
    <Stack gap="lg">
      <Stack maw={760}>
        <ImportListField text={text} onChange={(next) => change(() => setText(next))} problem={tooMany} />
        <PresetTargetField presets={presets} value={target} onChange={(next) => change(() => setTarget(next))} nameError={nameError} />
      </Stack>
      {plan.outcomes.length > 0 && (
        <>
          <Group>
            {label && !tooMany && (
              <Button loading={isPending} onClick={submit}>
                {label}
              </Button>
            )}
            <Text fw={600}>{importSummary(plan.outcomes, false)}</Text>
            <CalmStatus>{importSummary(plan.outcomes, false)}</CalmStatus>
          </Group>
          {error && !nameError && (
            <ErrorState
              title="The list was not imported"
              error={error}
              effect={<StillHere error={error}>Nothing was added. What you pasted is still here.</StillHere>}
            />
          )}
          <OutcomeTable outcomes={plan.outcomes} isDone={false} />
        </>
      )}
      {text.trim() !== "" && read === text && plan.outcomes.length === 0 && <Text>There are no sources in this list.</Text>}
    </Stack>
  );
}

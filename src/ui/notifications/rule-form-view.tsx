"use client";
import { Alert, Button, Checkbox, Group, MultiSelect, NumberInput, Stack, Text } from "@mantine/core";
import { type UseFormReturnType, useForm } from "@mantine/form";
import { IconBellOff } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Channel } from "@/domain/notification-channel";
import { hasThreshold, type Rule, type RuleDefinition, recovers } from "@/domain/notification-rule";
import { notify } from "@/ui/display/notify";
import { useOneClick } from "@/ui/display/use-one-click";
import { useTellIfGone } from "@/ui/display/use-tell-if-gone";
import { fieldErrorsOf, formErrorsOf } from "@/ui/error-message";
import { showFormErrors } from "@/ui/form-errors";
import { useFormGuard } from "@/ui/shell/use-form-guard";
import { ErrorSummary } from "@/ui/sources/error-summary";
import { ErrorState } from "@/ui/states/error-state";
import { StillHere } from "@/ui/states/still-here";
import { useTRPC } from "@/ui/trpc/client";
import { EventList } from "./event-list";
import { EventSelect } from "./event-select";
import { checkRuleForm, emptyRuleForm, type RuleFormValues, storedRuleForm, withEvent } from "./rule-form";
import { RulePreview } from "./rule-preview";
import { useRefreshNotifications } from "./use-notifications";
import { useIsViewGone, ViewSelect } from "./view-select";

interface RuleFormProps {
  /** Null for a new one. */
  rule: Rule | null;
  channels: readonly Channel[];
  onClose: () => void;
}

/** What to be told of, and on which channels; below it the message that would be sent. */
export function RuleForm({ rule, channels, onClose }: RuleFormProps) {
  const { form, failure, isPending, submit, goTo } = useRuleForm(rule, channels, onClose);
  const { event, threshold, viewId, channelIds } = form.values;
  const isViewGone = useIsViewGone(event === "new_items" ? viewId : null);
  if (event === null) return <EventList onPick={(picked) => form.setValues(withEvent(form.getValues(), picked))} onCancel={onClose} />;
  const kinds = channels.filter(({ id }) => channelIds.includes(id)).map(({ kind }) => kind);
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="lg">
        <EventSelect value={event} onChange={(picked) => form.setValues(withEvent(form.getValues(), picked))} inputProps={form.getInputProps("event")} />
        <RuleParameters form={form} />
        <MultiSelect
          label="Tell"
          description="On these channels."
          placeholder={channelIds.length === 0 ? "Pick one or more" : undefined}
          data={channels.map(({ id, name, enabled }) => ({ value: id, label: enabled ? name : `${name} (off)` }))}
          withAsterisk
          searchable
          nothingFoundMessage="No channel has this name."
          comboboxProps={{ withinPortal: false }}
          {...form.getInputProps("channelIds")}
        />
        {isViewGone ? <NoMessage /> : <RulePreview event={event} threshold={threshold} kinds={kinds} />}
        <ErrorSummary errors={form.errors} onGoTo={goTo} />
        {failure !== null && (
          <ErrorState title="The rule was not saved" error={failure} effect={<StillHere error={failure}>What you chose is still here.</StillHere>} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isPending}>
            {rule ? "Save rule" : "Create rule"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function NoMessage() {
  return (
    <Alert color="yellow" icon={<IconBellOff aria-hidden />} title="No message">
      The saved view that this rule is about was deleted, so nobody is told of anything. Pick another view, or delete the rule.
    </Alert>
  );
}

function RuleParameters({ form }: { form: UseFormReturnType<RuleFormValues> }) {
  const { event } = form.values;
  if (event === null) return null;
  return (
    <>
      {hasThreshold(event) && (
        <NumberInput
          label={event === "source_failing" ? "Runs in a row in which it fails" : "Failed runs in a row"}
          allowDecimal={false}
          allowNegative={false}
          w={{ base: "100%", xs: 260 }}
          {...form.getInputProps("threshold")}
        />
      )}
      {event === "new_items" && <ViewSelect inputProps={form.getInputProps("viewId")} />}
      {recovers(event) ? (
        <Checkbox
          label="One message when it begins, one when it is over"
          description="Otherwise a message each time, and none when it is over."
          {...form.getInputProps("recovery", { type: "checkbox" })}
        />
      ) : (
        <Text size="sm" c="dimmed">
          A message each time.
        </Text>
      )}
    </>
  );
}

function useRuleForm(rule: Rule | null, channels: readonly Channel[], onClose: () => void) {
  const form = useForm<RuleFormValues>({ initialValues: rule ? storedRuleForm(rule) : emptyRuleForm(channels), clearInputErrorOnChange: true });
  const [failure, setFailure] = useState<unknown>(null);
  const goTo = (path: string) => form.getInputNode(path)?.focus();
  const { save, isPending } = useSaveRule(rule, onClose, (error) => {
    if (fieldErrorsOf(error).length > 0) showFormErrors(form, formErrorsOf(error));
    else setFailure(error);
  });
  useFormGuard({ isDirty: form.isDirty(), isPending });

  function submit(event: FormEvent) {
    event.preventDefault();
    const check = checkRuleForm(form.getValues(), rule?.enabled ?? true);
    setFailure(null);
    form.clearErrors();
    if (check.ok) save(check.definition);
    else showFormErrors(form, check.errors);
  }

  return { form, failure, isPending, submit, goTo };
}

function useSaveRule(rule: Rule | null, onSaved: () => void, onError: (error: unknown) => void) {
  const { notification } = useTRPC();
  const refresh = useRefreshNotifications();
  const onSuccess = () => {
    refresh();
    onSaved();
    notify({ message: "Saved the rule." });
  };
  const tellIfGone = useTellIfGone();
  const refuse = (error: unknown) => {
    tellIfGone("The rule was not saved", error);
    onError(error);
  };
  const create = useMutation(notification.createRule.mutationOptions({ onSuccess, onError: refuse }));
  const update = useMutation(notification.updateRule.mutationOptions({ onSuccess, onError: refuse }));
  // Once it is stored, the form gives way.
  const isPending = [create, update].some((mutation) => mutation.isPending || mutation.isSuccess);
  const once = useOneClick(isPending);
  return {
    save: (definition: RuleDefinition) => once(() => (rule ? update.mutate({ id: rule.id, definition }) : create.mutate(definition))),
    isPending,
  };
}

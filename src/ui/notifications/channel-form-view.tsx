"use client";
import { Button, Group, Radio, Stack, TextInput } from "@mantine/core";
import { type UseFormReturnType, useForm } from "@mantine/form";
import { IconSend } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { CHANNEL_KINDS, type Channel, type ChannelKind } from "@/domain/notification-channel";
import { fieldErrorsOf, formErrorsOf } from "@/ui/error-message";
import { showFormErrors } from "@/ui/form-errors";
import { useFormGuard } from "@/ui/shell/use-form-guard";
import { ErrorSummary } from "@/ui/sources/error-summary";
import { ErrorState } from "@/ui/states/error-state";
import { StillHere } from "@/ui/states/still-here";
import { type ChannelFormErrors, type ChannelFormValues, checkChannelForm, emptyChannelForm, serverChannelErrors, storedChannelForm } from "./channel-form";
import { ChannelKindIcon } from "./channel-kind";
import { ChannelTargetFields } from "./channel-target-fields";
import { CHANNEL_KIND_LOOKS } from "./channel-words";
import { DraftOutcome } from "./draft-outcome";
import { TimingFields } from "./timing-fields";
import { useDraftTest } from "./use-draft-test";
import { type SavedChannel, useSaveChannel } from "./use-save-channel";

interface ChannelFormProps {
  /** Null for a new one. */
  channel: Channel | null;
  sendsMail: boolean;
  /** The organization's. */
  timeZone: string;
  onCancel: () => void;
  onSaved: (saved: SavedChannel) => void;
}

/** Where a channel leads, what it is called, and when it is written to. */
export function ChannelForm({ channel, sendsMail, timeZone, onCancel, onSaved }: ChannelFormProps) {
  const { form, failure, isPending, submit, goTo, test } = useChannelForm(channel, sendsMail, timeZone, onSaved);
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="lg">
        {!channel && <KindField form={form} sendsMail={sendsMail} />}
        <ChannelTargetFields form={form} stored={channel} />
        <TextInput
          label="Name"
          description="What rules and messages call it."
          placeholder={EXAMPLES[form.values.kind]}
          withAsterisk
          {...form.getInputProps("name")}
        />
        <TimingFields form={form} organizationZone={timeZone} />
        <ErrorSummary errors={form.errors} onGoTo={goTo} />
        {failure !== null && (
          <ErrorState title="The channel was not saved" error={failure} effect={<StillHere error={failure}>What you typed is still here.</StillHere>} />
        )}
        <DraftOutcome test={test} />
        <Group justify="space-between">
          <Button variant="default" leftSection={<IconSend size={16} aria-hidden />} loading={test.isSending} onClick={test.send}>
            {test.isIdle ? "Send test" : "Send another test"}
          </Button>
          <Group>
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
            <Button type="submit" loading={isPending}>
              {channel ? "Save channel" : "Create channel"}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

const EXAMPLES: Record<ChannelKind, string> = { email: "Ops mail", webhook: "Incident desk", slack: "#ops", ntfy: "Ada's phone" };

/** The form of a channel, to whoever shows a part of it. */
export type ChannelFormState = UseFormReturnType<ChannelFormValues>;

function useChannelForm(channel: Channel | null, sendsMail: boolean, timeZone: string, onSaved: (saved: SavedChannel) => void) {
  const form = useForm<ChannelFormValues>({
    initialValues: channel ? storedChannelForm(channel) : emptyChannelForm(sendsMail ? "email" : "webhook", timeZone),
    clearInputErrorOnChange: true,
  });
  const [failure, setFailure] = useState<unknown>(null);
  const goTo = (path: string) => form.getInputNode(path)?.focus();
  const refuse = (error: unknown) => (fieldErrorsOf(error).length > 0 ? showFormErrors(form, serverChannelErrors(formErrorsOf(error))) : setFailure(error));
  const { save, isPending } = useSaveChannel(channel, onSaved, refuse);
  useFormGuard({ isDirty: form.isDirty(), isPending });
  const invalidate = (errors: ChannelFormErrors) => {
    form.clearErrors();
    showFormErrors(form, errors);
  };
  const test = useDraftTest({ channel, values: form.values, onInvalid: invalidate, onRefused: refuse });

  function submit(event: FormEvent) {
    event.preventDefault();
    const check = checkChannelForm(form.getValues(), channel?.enabled ?? true);
    setFailure(null);
    if (!check.ok) return invalidate(check.errors);
    form.clearErrors();
    save(check.definition);
  }

  return { form, failure, isPending, submit, goTo, test };
}

function KindField({ form, sendsMail }: { form: ChannelFormState; sendsMail: boolean }) {
  return (
    <Radio.Group label="Reaches" value={form.values.kind} onChange={(kind) => form.setFieldValue("kind", kind as ChannelKind)}>
      <Stack gap="xs" mt="xs">
        {CHANNEL_KINDS.map((kind) => (
          <Radio
            key={kind}
            value={kind}
            label={
              <Group gap={6} wrap="nowrap">
                <ChannelKindIcon kind={kind} />
                {CHANNEL_KIND_LOOKS[kind].word}
              </Group>
            }
            description={kind === "email" && !sendsMail ? "Email is not set up on this server: nothing arrives before it is." : CHANNEL_KIND_LOOKS[kind].hint}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

"use client";
import { Group, Radio, Stack, Switch, Text, TextInput } from "@mantine/core";
import type { FocusEvent } from "react";
import type { Digest } from "@/domain/notification-channel";
import { formatTimeOfDay, readTimeOfDay } from "@/domain/time-of-day";
import { usePreferences } from "@/ui/time/preferences";
import { TimeZoneSelect } from "@/ui/time/time-zone-select";
import { timingOf } from "./channel-form";
import type { ChannelFormState } from "./channel-form-view";
import { DIGEST_OPTIONS, timingWords } from "./channel-words";

interface TimingFieldsProps {
  form: ChannelFormState;
  organizationZone: string;
}

/** When a channel is written to: each event or gathered, and in which hours not. */
export function TimingFields({ form, organizationZone }: TimingFieldsProps) {
  const { digest, hasQuietHours, timeZone } = form.values;
  return (
    <Stack gap="md">
      <Radio.Group label="Sends" value={digest} onChange={(value) => form.setFieldValue("digest", value as Digest)}>
        <Stack gap="xs" mt="xs">
          {DIGEST_OPTIONS.map((option) => (
            <Radio key={option.value} {...option} />
          ))}
        </Stack>
      </Radio.Group>
      {digest === "daily" && <TimeInput form={form} label="Time of the daily message" path="digestTime" />}
      <Switch
        label="Quiet hours"
        description="Nothing is sent then. What happens within is told when they end, in one message."
        {...form.getInputProps("hasQuietHours", { type: "checkbox" })}
      />
      {hasQuietHours && (
        <Group align="flex-start">
          <TimeInput form={form} label="Quiet from" path="quietFrom" />
          <TimeInput form={form} label="Quiet until" path="quietUntil" />
        </Group>
      )}
      {(hasQuietHours || digest === "daily") && (
        <TimeZoneSelect
          size="sm"
          value={timeZone}
          organizationZone={organizationZone}
          onChange={(id) => form.setFieldValue("timeZone", id)}
          error={form.errors.timeZone}
        />
      )}
      {(hasQuietHours || digest === "daily") && <TimingSummary form={form} />}
    </Stack>
  );
}

function TimeInput({ form, label, path }: { form: ChannelFormState; label: string; path: "digestTime" | "quietFrom" | "quietUntil" }) {
  const { onBlur, ...input } = form.getInputProps(path);
  // "7 pm" is taken, too, and then stands there as it is understood.
  const settle = (event: FocusEvent) => {
    onBlur?.(event);
    const time = readTimeOfDay(form.getValues()[path]);
    if (time) form.setFieldValue(path, formatTimeOfDay(time));
  };
  return <TextInput label={label} placeholder="07:00" autoComplete="off" w={{ base: "100%", xs: 180 }} {...input} onBlur={settle} />;
}

/** The same in one line, as the list of channels says it. */
function TimingSummary({ form }: { form: ChannelFormState }) {
  const { clockStyle } = usePreferences();
  const timing = timingOf(form.values);
  return (
    <Text size="sm" c="dimmed" role="status" mih="1.5em">
      {timing && `Sends: ${timingWords(timing, clockStyle)}.`}
    </Text>
  );
}

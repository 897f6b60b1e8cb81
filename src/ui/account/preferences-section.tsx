"use client";
import { Group, Radio, Stack, Switch, Text } from "@mantine/core";
import type { Preferences } from "@/domain/preferences";
import { PageSection } from "@/ui/display/page-section";
import { usePreferences } from "@/ui/time/preferences";
import { useSavePreferences } from "./use-save-preferences";

const CLOCKS: { value: Preferences["clockStyle"]; label: string }[] = [
  { value: "24h", label: "24 hours, as in 13:30" },
  { value: "12h", label: "12 hours, as in 1:30 pm" },
];
const WEEKDAYS: { value: Preferences["firstWeekday"]; label: string }[] = [
  { value: 1, label: "Monday" },
  { value: 0, label: "Sunday" },
  { value: 6, label: "Saturday" },
];

/** How Milkrun looks to this person alone. Each choice is stored as it is made. */
export function PreferencesSection() {
  const preferences = usePreferences();
  const save = useSavePreferences();
  return (
    <PageSection title="Preferences">
      <Text c="dimmed">For you alone, wherever you sign in. Each choice is saved as you make it.</Text>
      <Stack gap="lg">
        <Choice label="Clock" options={CLOCKS} value={preferences.clockStyle} onChange={(clockStyle) => save({ clockStyle })} />
        <Choice label="Week begins on" options={WEEKDAYS} value={preferences.firstWeekday} onChange={(firstWeekday) => save({ firstWeekday })} />
        <Switch
          size="md"
          label="Shortcuts of single keys"
          description="Such as ? for the list of shortcuts, or g and then s for the schedule. Turn them off if you speak what you type. Those with Ctrl or ⌘ stay."
          checked={preferences.singleKeys}
          onChange={(event) => save({ singleKeys: event.currentTarget.checked })}
        />
      </Stack>
    </PageSection>
  );
}

interface ChoiceProps<Value extends string | number> {
  label: string;
  options: readonly { value: Value; label: string }[];
  value: Value;
  onChange: (value: Value) => void;
}

function Choice<Value extends string | number>({ label, options, value, onChange }: ChoiceProps<Value>) {
  const choose = (chosen: string) => {
    const option = options.find((each) => String(each.value) === chosen);
    if (option) onChange(option.value);
  };
  return (
    <Radio.Group label={label} size="md" value={String(value)} onChange={choose}>
      <Group gap="lg" mt="xs">
        {options.map((option) => (
          <Radio key={option.value} size="md" value={String(option.value)} label={option.label} />
        ))}
      </Group>
    </Radio.Group>
  );
}

"use client";
import { Select, Text } from "@mantine/core";
import type { GetInputPropsReturnType } from "@mantine/form";
import type { RuleEvent } from "@/domain/notification-rule";
import classes from "./event-select.module.css";
import { EVENT_GROUPS, EVENT_WORDS } from "./rule-words";

const DATA = EVENT_GROUPS.map(({ group, events }) => ({ group, items: events.map((event) => ({ value: event, label: EVENT_WORDS[event].label })) }));

interface EventSelectProps {
  value: RuleEvent;
  onChange: (event: RuleEvent) => void;
  /** The error, and what the form finds the input by. */
  inputProps: GetInputPropsReturnType;
}

/** What a rule is about, by what it happens to, each explained in a sentence. */
export function EventSelect({ value, onChange, inputProps }: EventSelectProps) {
  return (
    <Select
      {...inputProps}
      label="When"
      description={EVENT_WORDS[value].hint}
      inputWrapperOrder={["label", "input", "description", "error"]}
      data={DATA}
      value={value}
      onChange={(picked) => picked && onChange(picked as RuleEvent)}
      withAsterisk
      allowDeselect={false}
      maxDropdownHeight={360}
      renderOption={({ option }) => <EventOption event={option.value as RuleEvent} />}
      comboboxProps={{ withinPortal: false }}
      openOnFocus={false}
      // It takes the place of the list in which the person has just chosen.
      autoFocus
    />
  );
}

function EventOption({ event }: { event: RuleEvent }) {
  return (
    <div>
      <Text inherit>{EVENT_WORDS[event].label}</Text>
      <Text size="xs" className={classes.hint}>
        {EVENT_WORDS[event].hint}
      </Text>
    </div>
  );
}

"use client";
import { Button, Group, Stack, Text, UnstyledButton } from "@mantine/core";
import type { RuleEvent } from "@/domain/notification-rule";
import classes from "./event-list.module.css";
import { EVENT_GROUPS, EVENT_WORDS } from "./rule-words";

interface EventListProps {
  onPick: (event: RuleEvent) => void;
  onCancel: () => void;
}

/** Everything that a rule can be about, each explained in a sentence: the first question of a new rule. */
export function EventList({ onPick, onCancel }: EventListProps) {
  return (
    <Stack>
      <Text>What do you want to be told of?</Text>
      {EVENT_GROUPS.map(({ group, events }) => (
        <Stack key={group} component="section" gap={4} aria-label={group}>
          <Text size="sm" c="dimmed" fw={600} aria-hidden>
            {group}
          </Text>
          {events.map((event) => (
            <UnstyledButton key={event} className={classes.choice} onClick={() => onPick(event)}>
              <Text span display="block" fw={600}>
                {EVENT_WORDS[event].label}
              </Text>
              <Text span display="block" size="sm" c="dimmed">
                {EVENT_WORDS[event].hint}
              </Text>
            </UnstyledButton>
          ))}
        </Stack>
      ))}
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </Group>
    </Stack>
  );
}

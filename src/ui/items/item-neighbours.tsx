"use client";
import { ActionIcon, Group, Text } from "@mantine/core";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";

/** Where a list of items goes on that is not loaded to its end. */
export interface MoreItems {
  isLoading: boolean;
  hasFailed: boolean;
  /** Fetches the next ones and shows the first of them. */
  show: () => void;
}

interface ItemNeighboursProps {
  index: number;
  count: number;
  more: MoreItems | null;
  onGo: (index: number) => void;
}

/** Goes to the item before and the one after, and says how many there are to go through. */
export function ItemNeighbours({ index, count, more, onGo }: ItemNeighboursProps) {
  const isLast = index === count - 1;
  return (
    <Group gap="xs">
      <ActionIcon variant="default" size="lg" aria-label="Previous item" disabled={index === 0} onClick={() => onGo(index - 1)}>
        <IconChevronUp size={18} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label="Next item"
        disabled={isLast && !more}
        loading={isLast && more?.isLoading}
        onClick={() => onGo(index + 1)}
      >
        <IconChevronDown size={18} aria-hidden />
      </ActionIcon>
      <Text size="sm" c="dimmed" role="status">
        {index + 1} of {count} shown{isLast && more?.hasFailed && ". The next ones could not be loaded. Try again."}
      </Text>
    </Group>
  );
}

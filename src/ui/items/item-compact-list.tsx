"use client";
import { Group, Stack, Text, UnstyledButton } from "@mantine/core";
import type { Item } from "@/domain/item";
import { Instant } from "@/ui/time/instant";
import { detailsButtonId } from "./item-drawer";
import { ItemStateBadge } from "./item-state-badge";

interface ItemCompactListProps {
  items: readonly Item[];
  timeZone: string;
  onOpen: (item: Item) => void;
}

/** Collected items, newest change first, two lines each; each opens its details. */
export function ItemCompactList({ items, timeZone, onOpen }: ItemCompactListProps) {
  return (
    <Stack component="ul" gap={0} m={0} p={0} aria-label="Items, newest change first" style={{ listStyle: "none" }}>
      {items.map((item) => (
        <li key={item.id} style={{ borderTop: "1px solid var(--mantine-color-default-border)" }}>
          <UnstyledButton id={detailsButtonId(item.id)} onClick={() => onOpen(item)} w="100%" py={6}>
            <Group justify="space-between" wrap="nowrap" gap="sm">
              <Stack gap={0} miw={0}>
                <Text fw={600} lineClamp={1} style={{ overflowWrap: "anywhere" }}>
                  {item.title || item.key}
                </Text>
                <Text size="sm" c="dimmed" lineClamp={1}>
                  <bdi>{item.sourceName}</bdi>, <Instant at={item.goneAt ?? item.lastChangedAt} timeZone={timeZone} />
                </Text>
              </Stack>
              <ItemStateBadge state={item.state} />
            </Group>
          </UnstyledButton>
        </li>
      ))}
    </Stack>
  );
}

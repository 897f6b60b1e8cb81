import { Group, List, Text } from "@mantine/core";
import { StatusBadge } from "@/ui/display/status-badge";
import { hostOf } from "@/ui/runs/run-words";
import { CHECK_LOOKS } from "@/ui/sources/check-looks";
import { foundWords } from "@/ui/sources/test-words";
import type { SourceCheck } from "./use-source-checks";

/** Each address and how its test went, in the order of the lines. */
export function SourceCheckList({ checks }: { checks: readonly SourceCheck[] }) {
  return (
    <List listStyleType="none" spacing="md" aria-label="Tested addresses" styles={{ itemWrapper: { display: "block" } }}>
      {checks.map(({ line: { outcome: listed }, outcome }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an address may stand there twice, and what is listed stays in its place
        <List.Item key={place}>
          <Group gap="sm" wrap="nowrap" align="flex-start" justify="space-between">
            <div style={{ minWidth: 0, overflowWrap: "anywhere" }}>
              <Text fw={600}>{outcome.state === "works" ? outcome.entry.name : listed.name || hostOf(listed.url)}</Text>
              <Text size="sm" c="dimmed">
                {listed.url}
              </Text>
              {(outcome.state === "fails" || outcome.state === "off") && <Text size="sm">{outcome.message}</Text>}
              {outcome.state === "works" && <Text size="sm">{itemWords(outcome.itemCount)}</Text>}
            </div>
            <StatusBadge look={CHECK_LOOKS[outcome.state]} style={{ flex: "none" }} />
          </Group>
        </List.Item>
      ))}
    </List>
  );
}

function itemWords(count: number): string {
  if (count === 0) return "It answers, and has no items at the moment.";
  return foundWords(count);
}

"use client";
import { Button, Group, List, Modal, ScrollArea, Stack, Text } from "@mantine/core";
import type { ListedSource } from "@/domain/source-page";
import { CalmStatus } from "@/ui/display/calm-status";
import { StatusBadge } from "@/ui/display/status-badge";
import { CHECK_LOOKS } from "@/ui/sources/check-looks";
import { testedWords } from "./tested-words";
import { type SourceCheck, useTestMany } from "./use-test-many";

interface TestSourcesDialogProps {
  ids: readonly string[];
  /** Those whose names are known already. */
  shown: readonly ListedSource[];
  onClose: () => void;
}

/** Tests sources as they are stored, two at a time, and stores nothing. Closing it ends the tests. */
export function TestSourcesDialog({ ids, shown, onClose }: TestSourcesDialogProps) {
  const checks = useTestMany(ids);
  const nameOf = new Map(shown.map(({ id, name }) => [id, name]));
  const ended = [...checks.values()].filter(({ state }) => state === "works" || state === "fails");
  const failing = ended.filter(({ state }) => state === "fails").length;
  const words = testedWords(ids.length, ended.length, failing);
  return (
    <Modal opened onClose={onClose} title="Test sources" size="lg" centered scrollAreaComponent={ScrollArea.Autosize}>
      <Stack>
        <Text>{words} Nothing is stored.</Text>
        <CalmStatus>{words}</CalmStatus>
        <List listStyleType="none" spacing="sm" aria-label="Tested sources" styles={{ itemWrapper: { display: "block" } }}>
          {ids.map((id) => (
            <List.Item key={id}>
              <CheckedSource name={nameOf.get(id)} check={checks.get(id) ?? { state: "waiting" }} />
            </List.Item>
          ))}
        </List>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {ended.length < ids.length ? "Stop testing" : "Close"}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function CheckedSource({ name, check }: { name: string | undefined; check: SourceCheck }) {
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start" justify="space-between">
      <div style={{ minWidth: 0, overflowWrap: "anywhere" }}>
        <Text fw={600}>{name ?? check.name ?? "…"}</Text>
        {check.words && <Text size="sm">{check.words}</Text>}
      </div>
      <StatusBadge look={CHECK_LOOKS[check.state]} style={{ flex: "none" }} />
    </Group>
  );
}

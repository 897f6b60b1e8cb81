"use client";
import { Button, Group, List, Modal, ScrollArea, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconHourglass, IconRefresh } from "@tabler/icons-react";
import type { ListedSource } from "@/domain/source-page";
import { CalmStatus } from "@/ui/display/calm-status";
import { StatusBadge, type StatusLook } from "@/ui/display/status-badge";
import { type SourceCheck, useTestMany } from "./use-test-many";

const LOOKS: Record<SourceCheck["state"], StatusLook> = {
  waiting: { tone: "quiet", icon: IconHourglass, word: "Waiting" },
  testing: { tone: "busy", icon: IconRefresh, word: "Testing…" },
  works: { tone: "good", icon: IconCircleCheck, word: "Works" },
  fails: { tone: "bad", icon: IconAlertTriangle, word: "Does not work" },
};

// A dialog's <header> stands outside of the page's sections and would count as a second banner of the page.
const NO_BANNER = { header: { role: "presentation" } };

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
    <Modal opened onClose={onClose} title="Test sources" size="lg" centered attributes={NO_BANNER} scrollAreaComponent={ScrollArea.Autosize}>
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

function testedWords(count: number, ended: number, failing: number): string {
  return ended < count ? `Tested ${ended} of ${count}.` : `Tested ${count}: ${count - failing} work, ${failing} do not.`;
}

function CheckedSource({ name, check }: { name: string | undefined; check: SourceCheck }) {
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start" justify="space-between">
      <div style={{ minWidth: 0, overflowWrap: "anywhere" }}>
        <Text fw={600}>{name ?? check.name ?? "…"}</Text>
        {check.words && <Text size="sm">{check.words}</Text>}
      </div>
      <StatusBadge look={LOOKS[check.state]} style={{ flex: "none" }} />
    </Group>
  );
}

"use client";
import { Alert, Button, Group, List, Stack, Text } from "@mantine/core";
import { IconArrowBackUp, IconInfoCircle } from "@tabler/icons-react";
import { bulkSummary } from "./bulk-words";
import type { Bulk, BulkResult } from "./use-bulk";

/** What was done, with its reason for each source with which it was not, and the way back where there is one. */
export function BulkOutcome({ result: { act, outcomes }, bulk }: { result: BulkResult; bulk: Bulk }) {
  const refused = outcomes.filter(({ outcome }) => outcome === "refused");
  const doneIds = outcomes.flatMap(({ outcome, id }) => (outcome === "done" ? id : []));
  const canUndo = (act === "on" || act === "off") && doneIds.length > 0;
  return (
    <Alert
      color={refused.length > 0 ? "yellow" : "blue"}
      icon={<IconInfoCircle aria-hidden />}
      withCloseButton
      closeButtonLabel="Dismiss"
      onClose={bulk.forget}
      role="status"
      title={bulkSummary(act, outcomes)}
    >
      <Stack gap="sm">
        {refused.length > 0 && (
          <List size="sm" mah={200} style={{ overflowY: "auto" }}>
            {refused.map(({ id, name, reason }) => (
              <List.Item key={id}>
                <Text span inherit fw={600}>
                  {name}
                </Text>{" "}
                {reason}
              </List.Item>
            ))}
          </List>
        )}
        {canUndo && (
          <Group>
            <Button
              variant="default"
              size="sm"
              leftSection={<IconArrowBackUp size={16} aria-hidden />}
              loading={bulk.turn.isPending}
              onClick={() => bulk.turn.mutate({ ids: doneIds, enabled: act === "off" })}
            >
              Undo
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}

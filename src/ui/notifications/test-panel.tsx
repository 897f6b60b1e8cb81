"use client";
import { Button, Group, Stack, Text } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import type { Delivery } from "@/domain/notification-delivery";
import { ErrorState } from "@/ui/states/error-state";
import { AttemptFacts } from "./attempt-facts";
import { TestOutcome } from "./test-outcome";
import { useChannelTest } from "./use-channel-test";

/** Sends a test message on a channel and shows what the receiver really answered. */
export function TestPanel({ channelId }: { channelId: string }) {
  const test = useChannelTest(channelId);
  return (
    <Stack gap="sm" component="section" aria-label="Test">
      <Group>
        <Button variant="default" leftSection={<IconSend size={16} aria-hidden />} loading={test.isSending} onClick={test.send}>
          {test.isIdle ? "Send test" : "Send another test"}
        </Button>
        {test.isSending && (
          <Text size="sm" role="status">
            Sending, and waiting for the answer.
          </Text>
        )}
      </Group>
      <div role="status">{test.outcome && <DeliveryOutcome delivery={test.outcome} />}</div>
      {test.error && <ErrorState title="No test was sent" error={test.error} effect="The channel is as it was." />}
    </Stack>
  );
}

function DeliveryOutcome({ delivery: { attempts, message, status } }: { delivery: Delivery }) {
  const attempt = attempts.at(-1);
  return <TestOutcome isDelivered={status === "delivered"}>{attempt ? <AttemptFacts attempt={attempt} /> : <Text size="sm">{message}</Text>}</TestOutcome>;
}

"use client";
import { Group, Stack, Text, Title } from "@mantine/core";
import type { Delivery, DeliveryRecipient } from "@/domain/notification-delivery";
import { StatusBadge } from "@/ui/display/status-badge";
import { Instant } from "@/ui/time/instant";
import { AnswerText } from "./attempt-facts";
import { isOnTheWay, isPartlyTaken, recipientLook } from "./delivery-words";
import { NextTry } from "./next-try";

interface RecipientListProps {
  delivery: Delivery;
  canManage: boolean;
  timeZone: string;
}

/** Who has a mail, who is waited for and until when, and who was refused it for good, each with what the mail server said. */
export function RecipientList({ delivery, canManage, timeZone }: RecipientListProps) {
  const { recipients, status, channel } = delivery;
  return (
    <Stack component="section" gap="sm" aria-labelledby="recipients-title">
      <Title order={4} size="h5" id="recipients-title">
        Recipients
      </Title>
      <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: "none" }}>
        {recipients.map((recipient) => (
          <li key={recipient.address}>
            <Recipient recipient={recipient} delivery={delivery} timeZone={timeZone} />
          </li>
        ))}
      </Stack>
      {canManage && channel.enabled && !isOnTheWay(status) && isPartlyTaken(recipients) && (
        <Text size="sm">“Redeliver” sends it only to those who do not have it.</Text>
      )}
    </Stack>
  );
}

function Recipient({ recipient, delivery, timeZone }: { recipient: DeliveryRecipient; delivery: Delivery; timeZone: string }) {
  const { address, state, at, answer, error } = recipient;
  const { status, dueAt } = delivery;
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
          {address}
        </Text>
        <StatusBadge look={recipientLook(state, status)} />
      </Group>
      <Text size="sm" c="dimmed">
        {state === "waiting" && isOnTheWay(status) ? (
          <>
            Next try: <NextTry at={dueAt} timeZone={timeZone} />
          </>
        ) : (
          <>
            {state === "taken" ? "Since" : "Last tried"} <Instant at={at} timeZone={timeZone} />
          </>
        )}
      </Text>
      {error !== null && (
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          {error}
        </Text>
      )}
      {answer ? (
        <AnswerText answer={answer} />
      ) : (
        state === "waiting" && error === null && <Text size="sm">Not tried yet: the attempt ended before its turn.</Text>
      )}
    </Stack>
  );
}

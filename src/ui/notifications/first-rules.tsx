"use client";
import { Button, Paper, Select, Stack, Text, Title } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Channel } from "@/domain/notification-channel";
import { ErrorState } from "@/ui/states/error-state";
import { useTRPC } from "@/ui/trpc/client";
import { useFirstRules } from "./use-first-rules";

interface FirstRulesProps {
  channels: readonly Channel[];
  sendsMail: boolean;
  timeZone: string;
}

/** Where there is no rule yet: the two that nearly everybody wants, by one click. */
export function FirstRules({ channels, sendsMail, timeZone }: FirstRulesProps) {
  const { data: me } = useSuspenseQuery(useTRPC().member.me.queryOptions());
  const { email } = me.user;
  const [pickedId, setPickedId] = useState<string | null>(null);
  const channel = channels.find(({ id }) => id === pickedId) ?? channels[0] ?? null;
  const { start, isPending, error } = useFirstRules();
  const isPossible = channel !== null || sendsMail;
  return (
    <Paper withBorder p="xl" radius="md">
      <Stack align="center" gap="md">
        <IconBell size={32} stroke={1.5} aria-hidden />
        <Title order={3} size="h4" ta="center">
          Be told when a run fails or a slot is missed
        </Title>
        <Text ta="center" maw={560}>
          {isPossible
            ? "One message when runs begin to fail, one when they work again, and one for each time that a slot is missed."
            : "Add a channel first: a webhook, a chat room or a phone."}
        </Text>
        {channels.length > 1 && <ChannelChoice channels={channels} value={channel?.id ?? null} onChange={setPickedId} />}
        {isPossible && (
          <Button loading={isPending} onClick={() => start(channel, { email, timeZone })}>
            {channel ? `Tell “${channel.name}”` : `Mail ${email}`}
          </Button>
        )}
        {error && <ErrorState title="Not all of it was made" error={error} effect="Channels and rules that were made are listed here." />}
      </Stack>
    </Paper>
  );
}

function ChannelChoice({ channels, value, onChange }: { channels: readonly Channel[]; value: string | null; onChange: (id: string) => void }) {
  return (
    <Select
      label="On the channel"
      data={channels.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={(id) => id && onChange(id)}
      allowDeselect={false}
      w={{ base: "100%", xs: 320 }}
    />
  );
}

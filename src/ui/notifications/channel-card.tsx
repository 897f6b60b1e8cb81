"use client";
import { Button, Group, Paper, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconSend } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import type { Channel } from "@/domain/notification-channel";
import { Fact, FactList } from "@/ui/display/fact-list";
import { loadPart } from "@/ui/display/load-part";
import { StatusBadge } from "@/ui/display/status-badge";
import { useEver } from "@/ui/display/use-ever";
import { Instant } from "@/ui/time/instant";
import { usePreferences } from "@/ui/time/preferences";
import { ChannelKindIcon } from "./channel-kind";
import { ChannelMenu } from "./channel-menu";
import { ChannelProblem } from "./channel-problem";
import { CHANNEL_KIND_LOOKS, channelLook, ruleCountWords, targetWords, timingWords, waitingWords } from "./channel-words";

const TestDialog = dynamic(() => loadPart(() => import("./test-dialog").then((module) => module.TestDialog)), { ssr: false });

interface ChannelCardProps {
  channel: Channel;
  sendsMail: boolean;
  canManage: boolean;
  timeZone: string;
}

/** One channel: where it leads, when it is written to, and whether messages get through. */
export function ChannelCard({ channel, sendsMail, canManage, timeZone }: ChannelCardProps) {
  return (
    <Paper component="li" withBorder p="md" radius="md">
      <Stack gap="md" h="100%">
        <ChannelHead channel={channel} sendsMail={sendsMail} />
        <ChannelProblem channel={channel} timeZone={timeZone} />
        <ChannelFacts channel={channel} timeZone={timeZone} />
        {canManage && (
          <Group gap="xs" mt="auto">
            <TestButton channel={channel} />
            <ChannelMenu channel={channel} sendsMail={sendsMail} timeZone={timeZone} />
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

function ChannelHead({ channel, sendsMail }: Pick<ChannelCardProps, "channel" | "sendsMail">) {
  const { name, kind } = channel;
  return (
    <Group justify="space-between" align="flex-start" gap="xs">
      <Group wrap="nowrap" align="flex-start" gap="sm" flex="1 1 14rem" miw={0}>
        <ThemeIcon variant="default" size={40} radius="md" aria-hidden>
          <ChannelKindIcon kind={kind} size={22} />
        </ThemeIcon>
        <div style={{ minWidth: 0, overflowWrap: "anywhere" }}>
          <Title order={3} size="h5">
            {name}
          </Title>
          <Text size="sm" c="dimmed">
            {CHANNEL_KIND_LOOKS[kind].word}: {targetWords(channel)}
          </Text>
        </div>
      </Group>
      <StatusBadge look={channelLook(channel, sendsMail)} />
    </Group>
  );
}

function ChannelFacts({ channel, timeZone }: Pick<ChannelCardProps, "channel" | "timeZone">) {
  const { clockStyle } = usePreferences();
  const { lastDeliveredAt, ruleCount, waitingCount, oldSecretUntil } = channel;
  const waiting = waitingWords(waitingCount);
  return (
    <FactList cols={{ base: 1, xs: 2 }}>
      <Fact term="Sends">{timingWords(channel, clockStyle)}</Fact>
      <Fact term="Last delivery">{lastDeliveredAt ? <Instant at={lastDeliveredAt} timeZone={timeZone} relative /> : "None yet"}</Fact>
      <Fact term="Used by">{ruleCountWords(ruleCount)}</Fact>
      {waiting && <Fact term="On the way">{waiting}</Fact>}
      {oldSecretUntil && <OldSecret until={oldSecretUntil} timeZone={timeZone} />}
    </FactList>
  );
}

function OldSecret({ until, timeZone }: { until: Date; timeZone: string }) {
  return (
    <Fact term="Signed with the old secret, too, until">
      <Instant at={until} timeZone={timeZone} />
    </Fact>
  );
}

function TestButton({ channel }: { channel: Channel }) {
  const [opened, dialog] = useDisclosure(false);
  const isAsked = useEver(opened);
  return (
    <>
      <Button variant="default" leftSection={<IconSend size={16} aria-hidden />} aria-label={`Send test to ${channel.name}`} onClick={dialog.open}>
        Send test
      </Button>
      {isAsked && <TestDialog channel={channel} opened={opened} onClose={dialog.close} />}
    </>
  );
}

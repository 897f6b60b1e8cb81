"use client";
import { Button, Group, SimpleGrid, Stack, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import type { Channel } from "@/domain/notification-channel";
import { loadPart } from "@/ui/display/load-part";
import { useEver } from "@/ui/display/use-ever";
import { EmptyState } from "@/ui/states/empty-state";
import { ChannelCard } from "./channel-card";
import { MailNotice } from "./mail-notice";

const NewChannelDialog = dynamic(() => loadPart(() => import("./new-channel-dialog").then((module) => module.NewChannelDialog)), { ssr: false });

interface ChannelSectionProps {
  channels: readonly Channel[];
  sendsMail: boolean;
  canManage: boolean;
  timeZone: string;
}

/** The ways to reach people and programs, and how to add one. */
export function ChannelSection({ channels, sendsMail, canManage, timeZone }: ChannelSectionProps) {
  const [opened, dialog] = useDisclosure(false);
  const isAsked = useEver(opened);
  const isEmpty = channels.length === 0;
  const add = canManage && (
    <Button variant={isEmpty ? "filled" : "default"} leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>
      Add channel
    </Button>
  );
  return (
    <Stack component="section" gap="sm" aria-labelledby="channels-title">
      <Group justify="space-between">
        <Title order={2} size="h3" id="channels-title">
          Channels
        </Title>
        {!isEmpty && add}
      </Group>
      {!sendsMail && <MailNotice isNeeded={channels.some(({ kind }) => kind === "email")} canManage={canManage} />}
      {isEmpty ? (
        <EmptyState action={add}>No channel yet. A channel is an email address, a chat room, a phone, or a program of yours.</EmptyState>
      ) : (
        <SimpleGrid component="ul" cols={{ base: 1, md: 2 }} p={0} m={0} style={{ listStyle: "none" }}>
          {channels.map((channel) => (
            <ChannelCard key={channel.id} channel={channel} sendsMail={sendsMail} canManage={canManage} timeZone={timeZone} />
          ))}
        </SimpleGrid>
      )}
      {isAsked && <NewChannelDialog opened={opened} onClose={dialog.close} onReopen={dialog.open} sendsMail={sendsMail} timeZone={timeZone} />}
    </Stack>
  );
}

"use client";
import { Group, Stack, Text } from "@mantine/core";
import { IconArrowRight, IconBellExclamation, IconBellOff } from "@tabler/icons-react";
import { Fragment } from "react";
import type { Channel } from "@/domain/notification-channel";
import type { Rule } from "@/domain/notification-rule";
import { NoValue } from "@/ui/display/no-value";
import { StatusBadge, type StatusLook } from "@/ui/display/status-badge";
import { Instant } from "@/ui/time/instant";
import { ChannelName } from "./channel-kind";
import { RuleMenu } from "./rule-menu";
import { RuleSwitch } from "./rule-switch";
import { isViewGone, openWords, recoveryWords, ruleSentence } from "./rule-words";

const SILENT: StatusLook = { tone: "warning", icon: IconBellOff, word: "The view is deleted: nobody is told" };

interface RuleRowProps {
  rule: Rule;
  channels: readonly Channel[];
  canManage: boolean;
  timeZone: string;
}

/** One rule: "When a run fails → Ops mail, Slack", and when it spoke up last. */
export function RuleRow({ rule, channels, canManage, timeZone }: RuleRowProps) {
  const open = openWords(rule);
  return (
    <li>
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <Stack gap={4} align="flex-start" flex={1} miw={0}>
          <RuleSentence rule={rule} />
          {isViewGone(rule) && <StatusBadge look={SILENT} />}
          {open && <StatusBadge look={{ tone: "warning", icon: IconBellExclamation, word: open }} />}
          <Text size="sm" c="dimmed">
            {recoveryWords(rule)} {rule.lastNoticeAt ? <LastTold at={rule.lastNoticeAt} timeZone={timeZone} /> : "Nothing told yet."}
          </Text>
        </Stack>
        {canManage ? (
          <Group gap="sm" wrap="nowrap">
            <RuleSwitch rule={rule} />
            <RuleMenu rule={rule} channels={channels} />
          </Group>
        ) : (
          <Text size="sm">{rule.enabled ? "On" : "Off"}</Text>
        )}
      </Group>
    </li>
  );
}

function RuleSentence({ rule }: { rule: Rule }) {
  return (
    <Text c={rule.enabled ? undefined : "dimmed"} style={{ overflowWrap: "anywhere" }}>
      <Text span inherit fw={600}>
        {ruleSentence(rule)}
      </Text>{" "}
      <IconArrowRight size={16} role="img" aria-label="tell" style={{ verticalAlign: "-3px" }} />{" "}
      {rule.channels.length === 0 ? (
        <NoValue>nobody: it has no channel</NoValue>
      ) : (
        rule.channels.map((channel, index) => (
          <Fragment key={channel.id}>
            {index > 0 && ", "}
            <ChannelName channel={channel} />
          </Fragment>
        ))
      )}
    </Text>
  );
}

function LastTold({ at, timeZone }: { at: Date; timeZone: string }) {
  return (
    <>
      Last told <Instant at={at} timeZone={timeZone} relative />.
    </>
  );
}

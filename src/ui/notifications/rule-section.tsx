"use client";
import { Button, Group, Paper, Stack, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import type { Channel } from "@/domain/notification-channel";
import type { Rule } from "@/domain/notification-rule";
import { loadPart } from "@/ui/display/load-part";
import { useEver } from "@/ui/display/use-ever";
import { EmptyState } from "@/ui/states/empty-state";
import { FirstRules } from "./first-rules";
import { RuleRow } from "./rule-row";
import classes from "./rule-section.module.css";

const RuleDialog = dynamic(() => loadPart(() => import("./rule-dialog").then((module) => module.RuleDialog)), { ssr: false });

interface RuleSectionProps {
  rules: readonly Rule[];
  channels: readonly Channel[];
  sendsMail: boolean;
  canManage: boolean;
  timeZone: string;
}

/** What is told to whom, as sentences. */
export function RuleSection({ rules, channels, sendsMail, canManage, timeZone }: RuleSectionProps) {
  const [opened, dialog] = useDisclosure(false);
  const isAsked = useEver(opened);
  return (
    <Stack component="section" gap="sm" aria-labelledby="rules-title">
      <Group justify="space-between">
        <Title order={2} size="h3" id="rules-title">
          Rules
        </Title>
        {canManage && channels.length > 0 && (
          <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>
            Add rule
          </Button>
        )}
      </Group>
      {rules.length > 0 && (
        <Paper component="ul" withBorder radius="md" className={classes.list}>
          {rules.map((rule) => (
            <RuleRow key={rule.id} rule={rule} channels={channels} canManage={canManage} timeZone={timeZone} />
          ))}
        </Paper>
      )}
      {rules.length === 0 &&
        (canManage ? (
          <FirstRules channels={channels} sendsMail={sendsMail} timeZone={timeZone} />
        ) : (
          <EmptyState>No rule yet: nobody is told of anything.</EmptyState>
        ))}
      {isAsked && <RuleDialog opened={opened} onClose={dialog.close} rule={null} channels={channels} />}
    </Stack>
  );
}

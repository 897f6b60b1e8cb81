"use client";
import { Modal } from "@mantine/core";
import type { Channel } from "@/domain/notification-channel";
import type { Rule } from "@/domain/notification-rule";
import { RuleForm } from "./rule-form-view";

interface RuleDialogProps {
  opened: boolean;
  onClose: () => void;
  /** Null for a new one. */
  rule: Rule | null;
  channels: readonly Channel[];
}

/** The form of a rule. */
export function RuleDialog({ opened, onClose, rule, channels }: RuleDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={rule ? "Edit rule" : "Add a rule"} centered size="lg" closeOnClickOutside={false}>
      <RuleForm rule={rule} channels={channels} onClose={onClose} />
    </Modal>
  );
}

"use client";
import { Menu } from "@mantine/core";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { Channel } from "@/domain/notification-channel";
import type { Rule } from "@/domain/notification-rule";
import { ActionsMenu } from "@/ui/display/actions-menu";
import { ConfirmDialog } from "@/ui/display/confirm-dialog";
import { loadPart } from "@/ui/display/load-part";
import { notify } from "@/ui/display/notify";
import { useEver } from "@/ui/display/use-ever";
import { errorMessage } from "@/ui/error-message";
import { useTRPC } from "@/ui/trpc/client";
import { ruleSentence } from "./rule-words";
import { useRefreshNotifications } from "./use-notifications";

const RuleDialog = dynamic(() => loadPart(() => import("./rule-dialog").then((module) => module.RuleDialog)), { ssr: false });

interface RuleMenuProps {
  rule: Rule;
  channels: readonly Channel[];
}

/** What can be done with a rule besides turning it off. */
export function RuleMenu({ rule, channels }: RuleMenuProps) {
  const [asking, setAsking] = useState<"edit" | "delete" | null>(null);
  const hasEdited = useEver(asking === "edit");
  const close = () => setAsking(null);
  return (
    <>
      <ActionsMenu label={`Actions for: ${ruleSentence(rule)}`}>
        <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setAsking("edit")}>
          Edit…
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setAsking("delete")}>
          Delete…
        </Menu.Item>
      </ActionsMenu>
      {hasEdited && <RuleDialog opened={asking === "edit"} onClose={close} rule={rule} channels={channels} />}
      <DeleteRuleDialog opened={asking === "delete"} onClose={close} rule={rule} />
    </>
  );
}

function DeleteRuleDialog({ rule, opened, onClose }: { rule: Rule; opened: boolean; onClose: () => void }) {
  const refresh = useRefreshNotifications();
  const remove = useMutation(
    useTRPC().notification.deleteRule.mutationOptions({
      onSuccess: () => {
        onClose();
        refresh();
        notify({ message: "Deleted the rule." });
      },
    }),
  );
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title="Delete this rule?"
      confirmLabel="Delete rule"
      cancelLabel="Keep rule"
      onConfirm={() => remove.mutate({ id: rule.id })}
      pending={remove.isPending}
      error={remove.isError ? errorMessage(remove.error) : null}
    >
      {ruleSentence(rule)}, nobody is told any more by this rule. What it has told stays in the list of messages.
    </ConfirmDialog>
  );
}

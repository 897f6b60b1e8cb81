"use client";
import { Switch } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Rule } from "@/domain/notification-rule";
import { notify } from "@/ui/display/notify";
import { errorMessage } from "@/ui/error-message";
import { useTRPC } from "@/ui/trpc/client";
import { ruleDefinitionOf } from "./rule-form";
import { ruleSentence } from "./rule-words";

/** Turns a rule on and off at once, ahead of the server's answer; a refusal turns it back and says why. */
export function RuleSwitch({ rule }: { rule: Rule }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const queryKey = trpc.notification.rules.queryKey();
  const put = (changed: Rule) => queryClient.setQueryData(queryKey, (rules) => rules?.map((each) => (each.id === changed.id ? changed : each)));
  const { mutate, isPending } = useMutation(
    trpc.notification.updateRule.mutationOptions({
      onMutate: async ({ definition }) => {
        await queryClient.cancelQueries({ queryKey });
        put({ ...rule, enabled: definition.enabled ?? true });
        return { before: rule };
      },
      onSuccess: put,
      onError: (error, { definition }, context) => {
        if (context) put(context.before);
        void queryClient.invalidateQueries({ queryKey });
        notify({ color: "red", title: `The rule is still ${definition.enabled ? "off" : "on"}`, message: errorMessage(error) });
      },
    }),
  );
  return (
    <Switch
      aria-label={`On: ${ruleSentence(rule)}`}
      size="md"
      checked={rule.enabled}
      disabled={rule.channels.length === 0}
      onChange={(event) => {
        if (!isPending) mutate({ id: rule.id, definition: ruleDefinitionOf(rule, { enabled: event.currentTarget.checked }) });
      }}
    />
  );
}

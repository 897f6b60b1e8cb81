"use client";
import { Anchor, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { AppLink } from "@/ui/shell/app-link";
import { useTRPC } from "@/ui/trpc/client";
import { ruleUseWords } from "./rule-use-words";

/** Which notification rules a view's end would silence; nothing where none is about it. */
export function RulesOfView({ viewId }: { viewId: string }) {
  const { data: rules = [] } = useQuery(useTRPC().notification.rules.queryOptions());
  const words = ruleUseWords(rules.filter((rule) => rule.viewId === viewId));
  if (words === null) return null;
  return (
    <Text mt="xs" role="status">
      {words}{" "}
      <Anchor component={AppLink} href="/settings/notifications" inherit underline="always">
        Show the rules
      </Anchor>
    </Text>
  );
}

"use client";
import { Stack, Text } from "@mantine/core";
import { useMembership } from "@/ui/session/use-membership";
import { PageTitle } from "@/ui/shell/page-title";
import { ReadOnlyNotice } from "@/ui/states/read-only-notice";
import { ChannelSection } from "./channel-section";
import type { DeliveryView } from "./delivery-filter";
import { DeliverySection } from "./delivery-section";
import { RuleSection } from "./rule-section";
import { useNotifications } from "./use-notifications";

/** Who is told of what: channels, the rules that speak up on them, and every message that was sent. */
export function NotificationsView({ view }: { view: DeliveryView }) {
  const { canManage, timeZone } = useMembership();
  const notifications = useNotifications();
  return (
    <Stack gap="xl">
      <Stack gap="sm">
        <PageTitle>Notifications</PageTitle>
        <Text maw={720}>A rule says what you want to be told of. A channel says how it reaches you, and when.</Text>
        {!canManage && <ReadOnlyNotice changedBy="Owners and admins" />}
      </Stack>
      <ChannelSection {...notifications} canManage={canManage} timeZone={timeZone} />
      <RuleSection {...notifications} canManage={canManage} timeZone={timeZone} />
      <DeliverySection view={view} channels={notifications.channels} canManage={canManage} timeZone={timeZone} />
    </Stack>
  );
}

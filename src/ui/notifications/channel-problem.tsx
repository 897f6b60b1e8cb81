"use client";
import { Alert, Anchor, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type Channel, isChannelFailing } from "@/domain/notification-channel";
import { AppLink } from "@/ui/shell/app-link";
import { Instant } from "@/ui/time/instant";
import { deliveryViewHref } from "./delivery-filter";

interface ChannelProblemProps {
  channel: Channel;
  timeZone: string;
}

/** Why messages do not get through, in the words of the last failure, and the way to the messages that failed. */
export function ChannelProblem({ channel, timeZone }: ChannelProblemProps) {
  if (channel.disabledReason === null && !(channel.enabled && isChannelFailing(channel))) return null;
  return (
    <Alert
      color="red"
      p="sm"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      title={channel.disabledReason ? "Nothing is sent" : failureWords(channel.consecutiveFailures)}
    >
      <Text size="sm" style={{ overflowWrap: "anywhere" }}>
        {channel.disabledReason ?? channel.lastError}
      </Text>
      <Text size="sm" mt={4}>
        {channel.lastFailedAt && <LastFailure at={channel.lastFailedAt} timeZone={timeZone} />}
        <Anchor component={AppLink} href={deliveryViewHref({ channelId: channel.id })} inherit c="inherit" underline="always" display="inline-block" py={2}>
          Show its messages
        </Anchor>
      </Text>
    </Alert>
  );
}

function LastFailure({ at, timeZone }: { at: Date; timeZone: string }) {
  return (
    <>
      Last failure <Instant at={at} timeZone={timeZone} relative />.{" "}
    </>
  );
}

function failureWords(count: number): string {
  return count === 1 ? "The last attempt failed" : `The last ${count} attempts failed`;
}

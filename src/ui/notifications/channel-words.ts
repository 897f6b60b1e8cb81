import {
  type Icon,
  IconBellRinging,
  IconBrandSlack,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconMail,
  IconMailOff,
  IconPlayerPause,
  IconPlugConnectedX,
  IconWebhook,
} from "@tabler/icons-react";
import { MINUTE_MS } from "@/domain/calendar-days";
import { formatLocalClock } from "@/domain/format-time";
import { type Channel, type ChannelKind, type Digest, isChannelFailing } from "@/domain/notification-channel";
import type { ClockStyle } from "@/domain/preferences";
import { isQuietAt, type SendTiming } from "@/domain/send-time";
import { timeZoneCity } from "@/domain/time-zone";
import type { StatusLook } from "@/ui/display/status-badge";

/** What each kind of channel is called, and what it reaches. */
export const CHANNEL_KIND_LOOKS: Record<ChannelKind, { word: string; icon: Icon; hint: string }> = {
  email: { word: "Email", icon: IconMail, hint: "People, through this server's mail" },
  webhook: { word: "Webhook", icon: IconWebhook, hint: "Your own programs: JSON that is signed" },
  slack: { word: "Slack-style webhook", icon: IconBrandSlack, hint: "A room in Slack, Mattermost, Rocket.Chat or Discord" },
  ntfy: { word: "ntfy", icon: IconBellRinging, hint: "Phones and desktops, through ntfy.sh or a server of yours" },
};

/** Choices for how messages are gathered. */
export const DIGEST_OPTIONS: { value: Digest; label: string; description: string }[] = [
  { value: "at_once", label: "At once", description: "A message for each event." },
  { value: "hourly", label: "Once an hour", description: "One message with what happened within the hour." },
  { value: "daily", label: "Once a day", description: "One message with what happened since the day before." },
];

/** "At once, except 22:00 to 07:00 Berlin", "Once a day at 08:00 Berlin". */
export function timingWords({ digest, digestMinute, quietHours, timeZone }: SendTiming, style: ClockStyle): string {
  const clock = (minute: number) => formatLocalClock(minute * MINUTE_MS, style);
  const city = timeZoneCity(timeZone);
  if (digest === "daily") {
    const isHeldBack = quietHours !== null && isQuietAt(digestMinute, quietHours);
    return isHeldBack ? `Once a day when the quiet hours end, ${clock(quietHours.untilMinute)} ${city}` : `Once a day at ${clock(digestMinute)} ${city}`;
  }
  const often = digest === "hourly" ? "Once an hour" : "At once";
  return quietHours ? `${often}, except ${clock(quietHours.fromMinute)} to ${clock(quietHours.untilMinute)} ${city}` : often;
}

/** How many addresses are named before the rest is counted. */
const NAMED = 2;

/** Where a channel leads: "ops@example.org, ada@example.org and 3 more", or an address, cut where it is a secret. */
export function targetWords({ recipients, address }: Pick<Channel, "recipients" | "address">): string {
  if (address !== null) return address;
  const named = recipients.slice(0, NAMED).join(", ");
  return recipients.length > NAMED ? `${named} and ${recipients.length - NAMED} more` : named;
}

/** Whether messages get through. */
export function channelLook(
  channel: Pick<Channel, "kind" | "enabled" | "disabledReason" | "consecutiveFailures" | "lastDeliveredAt">,
  sendsMail: boolean,
): StatusLook {
  if (channel.disabledReason !== null) return { tone: "bad", icon: IconPlugConnectedX, word: "Turned off by Milkrun" };
  if (!channel.enabled) return { tone: "quiet", icon: IconPlayerPause, word: "Off" };
  if (channel.kind === "email" && !sendsMail) return { tone: "warning", icon: IconMailOff, word: "No mail server" };
  if (isChannelFailing(channel)) return { tone: "bad", icon: IconCircleX, word: "Failing" };
  return channel.lastDeliveredAt ? { tone: "good", icon: IconCircleCheck, word: "Working" } : { tone: "quiet", icon: IconCircleDashed, word: "Not used yet" };
}

/** "2 rules", "No rule uses it". */
export function ruleCountWords(count: number): string {
  if (count === 0) return "No rule uses it";
  return count === 1 ? "1 rule" : `${count} rules`;
}

/** "3 messages wait", or null. */
export function waitingWords(count: number): string | null {
  if (count === 0) return null;
  return count === 1 ? "1 message waits" : `${count} messages wait`;
}

import type { JsonValue } from "./item";
import { type SentNotice, TEST_NOTICE } from "./notice";
import { organizationPath } from "./organization-path";

/** What a message needs to know besides its notices. */
export interface MessageContext {
  /** The address of the installation, without a slash at the end. */
  baseUrl: string;
  organization: { id: string; name: string };
  channelName: string;
  /** In which people read when something was: the channel's. */
  timeZone: string;
}

/** Of one notice its own, of several their number and the first. */
export function titleOf(notices: readonly SentNotice[]): string {
  const [first] = notices;
  if (!first) return "Test message";
  return notices.length === 1 ? first.title : `${notices.length} messages: ${first.title}`;
}

/** What a test says. */
export function testNotice(id: string, at: Date): SentNotice {
  const text = "If you can read this, the channel works. Nothing happened.";
  return { id, at, type: TEST_NOTICE, title: "Test message", text, path: NOTIFICATIONS_PATH, data: {} };
}

/** The address of a page, for whoever gets the message: they may be working in another organization. */
export const addressOf = ({ baseUrl, organization }: MessageContext, path: string) => baseUrl + organizationPath(organization.id, path);

/** Where channels, rules and the list of messages are. */
export const NOTIFICATIONS_PATH = "/settings/notifications";

/** The body of a webhook, as the Standard Webhooks specification recommends: type, timestamp and data. */
export function webhookBody(notices: readonly SentNotice[], context: MessageContext): JsonValue {
  const [first] = notices;
  const newest = notices.at(-1);
  if (!first || !newest) throw new Error("A webhook tells of something.");
  if (notices.length === 1) return webhookOf(first, context);
  const messages = notices.map((notice) => webhookOf(notice, context));
  return { type: "digest", timestamp: newest.at.toISOString(), data: { organization: context.organization, title: titleOf(notices), messages } };
}

function webhookOf(notice: SentNotice, context: MessageContext): JsonValue {
  const { id, type, at, title, text, data } = notice;
  const about = { id, organization: context.organization, title, text, url: addressOf(context, notice.path) };
  return { type, timestamp: at.toISOString(), data: { ...data, ...about } };
}

/** What is said of notices that a message has no room for; nothing where there are none. */
export function untold(count: number): string[] {
  return count > 0 ? [`And ${count} more, in the list of messages under Settings, Notifications.`] : [];
}

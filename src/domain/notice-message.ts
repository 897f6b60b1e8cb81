import type { JsonValue } from "./item";
import { type SentNotice, TEST_NOTICE } from "./notice";

/** What a message needs to know besides its notices. */
export interface MessageContext {
  /** The address of the installation, without a slash at the end. */
  baseUrl: string;
  organization: { id: string; name: string };
  channelName: string;
}

/** One or several notices in one text: a title and sentences, with addresses. */
export interface MessageText {
  title: string;
  text: string;
}

/** Slack and its likes cut longer texts themselves, in places of their own choosing. */
const MOST_SLACK = 3_000;
/** ntfy makes an attachment of more than 4,096 bytes; a character has four at most. */
const MOST_PUSH = 1_000;

/** In a digest, notices beyond these are counted only. */
const MOST_TOLD = 50;

function titleOf(notices: readonly SentNotice[]): string {
  const [first] = notices;
  if (!first) return "Test message";
  return notices.length === 1 ? first.title : `${notices.length} messages: ${first.title}`;
}

/** What a test says. */
export function testNotice(id: string, at: Date): SentNotice {
  const text = "If you can read this, the channel works. Nothing happened.";
  return { id, at, type: TEST_NOTICE, title: "Test message", text, path: "/settings/notifications", data: {} };
}

const linkOf = ({ baseUrl }: MessageContext, { path }: SentNotice) => baseUrl + path;

/** A mail for one or several notices. */
export function mailText(notices: readonly SentNotice[], context: MessageContext): { subject: string; text: string } {
  const { organization, channelName, baseUrl } = context;
  const told = notices.slice(0, MOST_TOLD).map((notice) => [notice.title, notice.text, linkOf(context, notice)].join("\n"));
  const footer = `-- \nFrom Milkrun, for ${organization.name}, on the channel “${channelName}”.\nChange or turn it off: ${baseUrl}/settings/notifications`;
  return { subject: oneLine(`[Milkrun] ${titleOf(notices)}`), text: `${[...told, ...untold(notices), footer].join("\n\n")}\n` };
}

/** The text of a Slack-style webhook, in Slack's own markup. */
export function slackText(notices: readonly SentNotice[], context: MessageContext): string {
  const told = notices
    .slice(0, MOST_TOLD)
    .map((notice) => `*${escapeSlack(notice.title)}*\n${escapeSlack(notice.text)}\n<${linkOf(context, notice)}|Open in Milkrun>`);
  return cut([...told, ...untold(notices)].join("\n\n"), MOST_SLACK);
}

/** A push message, which has no room for much. */
export function pushText(notices: readonly SentNotice[]): MessageText {
  const [first] = notices;
  const text = notices.length === 1 && first ? first.text : [...notices.slice(0, MOST_TOLD).map(({ title }) => `- ${title}`), ...untold(notices)].join("\n");
  return { title: cut(titleOf(notices), 200), text: cut(text, MOST_PUSH) };
}

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
  const about = { id, organization: context.organization, title, text, url: linkOf(context, notice) };
  return { type, timestamp: at.toISOString(), data: { ...data, ...about } };
}

function untold(notices: readonly SentNotice[]): string[] {
  return notices.length > MOST_TOLD ? [`And ${notices.length - MOST_TOLD} more, in the list of messages under Settings, Notifications.`] : [];
}

/** Slack takes these three for its markup. */
function escapeSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const oneLine = (text: string) => cut(text.replace(/\s+/g, " "), 200);

/** By characters and not by halves of them. */
function cut(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}

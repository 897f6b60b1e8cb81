import { cut } from "@/domain/cut-text";
import type { AttemptResult } from "@/domain/delivery-plan";
import type { JsonValue } from "@/domain/item";
import type { Mailer } from "@/domain/mail";
import { mailHtml } from "@/domain/mail-html";
import type { RecipientOutcome } from "@/domain/mail-recipients";
import type { SentNotice } from "@/domain/notice";
import { mailParts, mailText } from "@/domain/notice-mail";
import { type MessageContext, webhookBody } from "@/domain/notice-message";
import { type ChannelKind, topicOf } from "@/domain/notification-channel";
import { pushMessage } from "@/domain/push-message";
import { slackText } from "@/domain/slack-text";
import { webhookIdOf } from "@/domain/webhook-message";
import { type NoteTaken, sendMails } from "./send-mails";
import { signedHeaders } from "./sign-webhook";

/** The way out to receivers; given by whoever may use it. */
export type Post = (request: { url: string; headers: Record<string, string>; body: string; signal: AbortSignal }) => Promise<PostOutcome>;

type PostOutcome =
  | { kind: "answered"; status: number; answer: string; retryAfterMs?: number; durationMs: number }
  | { kind: "failed"; message: string; retryable: boolean; durationMs: number };

/** A message, and where it goes. */
export interface Message {
  deliveryId: string;
  /** When it is sent. */
  at: Date;
  /** The oldest first; one at least. */
  notices: readonly SentNotice[];
  /** The message that told of what this one says is over; null for none. */
  answeredId: string | null;
  channel: { kind: ChannelKind; recipients: readonly string[]; address: string | null };
  /** What became of a mail for its recipients so far. */
  earlier: readonly RecipientOutcome[];
  /** The key that a webhook is signed with, the address of a Slack-style one, or the token of a topic. */
  secret: string | null;
  /** The key before it, while it is still good. */
  oldSecret: string | null;
  context: MessageContext;
}

export interface Senders {
  post: Post;
  /** Null where the operator has set up no mail server. */
  mailer: Mailer | null;
}

const NO_MAIL: AttemptResult = {
  ...{ ok: false, httpStatus: null, answer: null, retryable: false, durationMs: 0 },
  error: "Email is not set up on this server, so nothing was sent. Ask its operator to set SMTP_URL.",
};

/** Tries once to deliver a message, in at most 15 s; mails may take longer, but end within the time for which a channel is held. Rejects when `signal` is aborted. */
export async function sendMessage({ post, mailer }: Senders, message: Message, signal: AbortSignal, noteTaken?: NoteTaken): Promise<AttemptResult> {
  if (message.channel.kind === "email") return mailer ? mailsFor(mailer, message, { signal, noteTaken }) : NO_MAIL;
  const outcome = await post({ ...requestOf(message), signal });
  return resultOf(outcome, message);
}

/** It stands in one line of the mail's head, where a character may take twelve bytes of the 998 that a line may have (RFC 5322). */
const LONGEST_LIST_NAME = 40;

type MailsOptions = { signal: AbortSignal; noteTaken: NoteTaken | undefined };

function mailsFor(mailer: Mailer, { deliveryId, answeredId, channel, earlier, notices, context }: Message, options: MailsOptions): Promise<AttemptResult> {
  const { hostname } = new URL(context.baseUrl);
  const list = { name: cut(context.channelName, LONGEST_LIST_NAME), id: `notifications.${context.organization.id}.${hostname}` };
  const parts = mailParts(notices, context);
  const mail = { subject: parts.subject, text: mailText(parts), html: mailHtml(parts) };
  const automatic = { messageId: webhookIdOf(deliveryId), answeredId: answeredId && webhookIdOf(answeredId), list };
  return sendMails(mailer, channel.recipients, { ...mail, automatic }, { ...options, earlier });
}

interface Request {
  url: string;
  headers: Record<string, string>;
  body: string;
}

function requestOf(message: Message): Request {
  const { channel, notices, context, secret } = message;
  const address = channel.address ?? "";
  switch (channel.kind) {
    case "slack":
      return jsonRequest(secret ?? "", { text: slackText(notices, context) });
    case "ntfy":
      return topicRequest(address, secret, message);
    default:
      return signedRequest(address, message);
  }
}

function signedRequest(url: string, { deliveryId, at, notices, context, secret, oldSecret }: Message): Request {
  const request = jsonRequest(url, webhookBody(notices, context));
  const keys = [secret, oldSecret].filter((key) => key !== null);
  const signable = { id: webhookIdOf(deliveryId), timestamp: Math.floor(at.getTime() / 1000), body: request.body };
  return { ...request, headers: { ...request.headers, ...signedHeaders(signable, keys) } };
}

/** As JSON to the server and not as text to the topic: headers would have to hold the title. https://docs.ntfy.sh/publish/#publish-as-json */
function topicRequest(address: string, token: string | null, { notices, context }: Message): Request {
  const named = topicOf(address);
  if (named === null) throw new Error("The address of an ntfy channel names a topic.");
  const { server, topic } = named;
  const request = jsonRequest(server, { topic, ...pushMessage(notices, context) });
  return token === null ? request : { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } };
}

function jsonRequest(url: string, body: JsonValue): Request {
  return { url, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

function resultOf(outcome: PostOutcome, message: Message): AttemptResult {
  const { durationMs } = outcome;
  if (outcome.kind === "failed") {
    return { ok: false, httpStatus: null, answer: null, error: outcome.message, retryable: outcome.retryable, durationMs };
  }
  const { status, retryAfterMs } = outcome;
  const answer = withoutSecrets(outcome.answer, message);
  const ok = status >= 200 && status < 300;
  return { ok, httpStatus: status, answer, error: ok ? null : describeStatus(status), retryable: true, retryAfterMs, durationMs };
}

/** Shorter parts of an address are no secret, and would blank out much else. */
const SHORTEST_SECRET = 6;
const HIDDEN = "[secret]";

/** A receiver may answer with what it was sent, and the answer is shown. Of an address, servers name the part behind the site. */
function withoutSecrets(answer: string, { channel, secret, oldSecret }: Message): string {
  const parts = channel.kind === "slack" && secret !== null ? new URL(secret).pathname.split("/").filter((part) => part.length >= SHORTEST_SECRET) : [];
  return [secret, oldSecret, ...parts].reduce<string>((text, part) => (part ? withoutSecret(text, part) : text), answer);
}

/** Only the beginning of an answer is kept, which may end within the secret. */
function withoutSecret(text: string, secret: string): string {
  const rest = text.replaceAll(secret, HIDDEN);
  for (let length = secret.length - 1; length >= SHORTEST_SECRET; length--) {
    if (rest.endsWith(secret.slice(0, length))) return rest.slice(0, -length) + HIDDEN;
  }
  return rest;
}

function describeStatus(status: number): string {
  if (status === 410) return "The receiver answered 410 Gone: it is not there any more.";
  if (status >= 300 && status < 400) return `The receiver answered ${status}: it redirects, which is not followed. Enter the address that it leads to.`;
  if (status === 401 || status === 403) return `The receiver answered ${status}: it does not let this in. Check the address and what it asks for.`;
  if (status === 404) return "The receiver answered 404: it has nothing at this address. Check the address.";
  if (status === 413) return "The receiver answered 413: the message is too large for it. Let it take bodies of 1 MB.";
  if (status === 429) return "The receiver answered 429: it gets too many requests.";
  return status >= 500 ? `The receiver answered ${status}: it has a problem of its own.` : `The receiver answered ${status}: it refused the message.`;
}

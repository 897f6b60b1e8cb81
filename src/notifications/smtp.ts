import { createTransport } from "nodemailer";
import type { AutomaticMail, Mailer } from "@/domain/mail";
import { isAboutMail, isForGood, smtpAnswer, smtpReason } from "./smtp-reason";

/** For a server to be there and to greet. */
const GREETS_WITHIN_MS = 10_000;
/** So many times as long an answer may take: servers look for spam before they answer to a mail, which given up sooner would arrive, and be sent again. */
const PATIENCE = 3;
/** A mail as a whole: also where each answer comes in time. */
const SENT_WITHIN_MS = 60_000;

interface SmtpOptions {
  /** `smtp://` begins in the clear and goes over to TLS where the server offers it, `smtps://` begins with TLS. */
  url: string;
  /** An address, with or without a name. */
  from: string;
  /** How long a server may take to be there and to greet. In milliseconds, 10 seconds unless told. */
  withinMs?: number;
}

/** A mail that cannot be sent, in words for the log; the cause is nodemailer's own error. */
class MailError extends Error {
  /** The server is there and does not take this mail; others it may take. */
  readonly isAboutMail: boolean;
  /** It will not take this mail for this recipient, however often it is tried. */
  readonly isForGood: boolean;
  /** What the server said to it, or when it turned us away; null where it said nothing, and of logging in. */
  readonly answer: string | null;

  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = "MailError";
    this.isAboutMail = isAboutMail(cause);
    this.isForGood = isForGood(cause);
    this.answer = smtpAnswer(cause);
  }
}

/** Recognises a MailError by shape: bundles may hold separate copies of this class. */
export function isMailError(error: unknown): error is MailError {
  return error instanceof Error && error.name === "MailError" && "isAboutMail" in error;
}

/**
 * Sends through the operator's mail server, a connection a mail, within a minute. A password leaves this machine only over TLS, to a server
 * whose certificate is valid for its name. Without one `smtp://` takes any certificate, as mail servers do among each other: whoever could
 * show a wrong one could as well hide that the server offers TLS (RFC 7435). Rejects with a MailError; no message holds the server's password.
 */
export function createSmtpMailer({ url, from, withinMs = GREETS_WITHIN_MS }: SmtpOptions): Mailer {
  const server = serverOf(url);
  const transport = createTransport({
    ...server,
    connectionTimeout: withinMs,
    greetingTimeout: withinMs,
    dnsTimeout: withinMs,
    socketTimeout: PATIENCE * withinMs,
    // A mail is text that we wrote; nothing in it may name a file or an address to attach.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, subject, text, html, automatic }, signal) {
      const tooLong = AbortSignal.timeout(SENT_WITHIN_MS);
      try {
        // As an object, so that an address is one whatever it holds.
        const { response } = await transport.sendMail({
          from,
          to: { name: "", address: to },
          subject,
          text,
          html,
          signal: signal ? AbortSignal.any([signal, tooLong]) : tooLong,
          ...(automatic && automaticHeaders(automatic, domainOf(from))),
        });
        return response;
      } catch (error) {
        throw new MailError(`The mail server ${server.host} ${smtpReason(error)}`, error);
      }
    },
  };
}

/** Where a server is, who logs in there, and what TLS it has to have. */
function serverOf(url: string) {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === "smtps:";
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const auth = username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : undefined;
  const requireTLS = !secure && auth !== undefined && !isThisMachine(host);
  return { host, port: port ? Number(port) : undefined, secure, requireTLS, tls: { rejectUnauthorized: secure || requireTLS }, auth };
}

/** The sender's, whose name the ids of their mails are unique in (RFC 5322): that of the mail server may be a bare address. */
function domainOf(from: string): string {
  return /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? "localhost";
}

/** RFC 3834, and Exchange's own header for it: so that no holiday answers to it. RFC 2919: so that it can be sorted. */
function automaticHeaders({ messageId, answeredId, list }: AutomaticMail, domain: string) {
  const headers = { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "OOF, AutoReply" };
  const idOf = (name: string) => `<${name}@${domain}>`;
  const answered = answeredId === null ? {} : { inReplyTo: idOf(answeredId), references: idOf(answeredId) };
  return { messageId: idOf(messageId), ...answered, headers, list: { id: { url: list.id, comment: list.name } } };
}

function isThisMachine(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.[\d.]+$/.test(host);
}

import { createTransport } from "nodemailer";
import type { AutomaticMail, Mailer } from "@/domain/mail";

const WITHIN_MS = 10_000;

interface SmtpOptions {
  /** `smtp://` begins in the clear and goes over to TLS where the server offers it, `smtps://` begins with TLS. */
  url: string;
  /** An address, with or without a name. */
  from: string;
  /** How long a connection or an answer may take. In milliseconds, 10 seconds unless told. */
  withinMs?: number;
}

/** A mail that cannot be sent, in words for the log; the cause is nodemailer's own error. */
class MailError extends Error {
  /** The server is there and does not take this mail; others it may take. */
  readonly isAboutMail: boolean;
  /** What the server said to it; null where it says more of the server than of the mail. */
  readonly answer: string | null;

  constructor(message: string, { cause, isAboutMail }: { cause: unknown; isAboutMail: boolean }) {
    super(message, { cause });
    this.name = "MailError";
    this.isAboutMail = isAboutMail;
    this.answer = isAboutMail ? responseOf(cause) : null;
  }
}

/** Recognises a MailError by shape: bundles may hold separate copies of this class. */
export function isMailError(error: unknown): error is MailError {
  return error instanceof Error && error.name === "MailError" && "isAboutMail" in error;
}

/**
 * Sends through the operator's mail server, a connection a mail. A password leaves this machine only over TLS.
 * Rejects with a MailError; no message holds the server's password.
 */
export function createSmtpMailer({ url, from, withinMs = WITHIN_MS }: SmtpOptions): Mailer {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === "smtps:";
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const auth = username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : undefined;
  const transport = createTransport({
    host,
    port: port ? Number(port) : undefined,
    secure,
    requireTLS: !secure && auth !== undefined && !isThisMachine(host),
    auth,
    connectionTimeout: withinMs,
    greetingTimeout: withinMs,
    dnsTimeout: withinMs,
    socketTimeout: withinMs,
    // A mail is text that we wrote; nothing in it may name a file or an address to attach.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, subject, text, automatic }) {
      try {
        // As an object, so that an address is one whatever it holds.
        const { response } = await transport.sendMail({
          from,
          to: { name: "", address: to },
          subject,
          text,
          ...(automatic && automaticHeaders(automatic, domainOf(from))),
        });
        return response;
      } catch (error) {
        const code = codeOf(error);
        const isAboutMail = code === "EENVELOPE" || code === "EMESSAGE";
        throw new MailError(`The mail server ${host} ${REASONS[code] ?? "did not take the mail."}`, { cause: error, isAboutMail });
      }
    },
  };
}

/** The sender's, whose name the ids of their mails are unique in (RFC 5322): that of the mail server may be a bare address. */
function domainOf(from: string): string {
  return /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? "localhost";
}

/** RFC 3834: so that no holiday answers to it. RFC 2919: so that it can be sorted. */
function automaticHeaders({ messageId, list }: AutomaticMail, domain: string) {
  return { messageId: `<${messageId}@${domain}>`, headers: { "Auto-Submitted": "auto-generated" }, list: { id: { url: list.id, comment: list.name } } };
}

function isThisMachine(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.[\d.]+$/.test(host);
}

/** By nodemailer's codes. */
const REASONS: Record<string, string> = {
  EAUTH: "refused the user or the password of SMTP_URL: correct them.",
  ECONNECTION: "cannot be reached: correct the host and port of SMTP_URL, or see whether it runs.",
  EDNS: "has no address: correct the host of SMTP_URL.",
  ETIMEDOUT: "did not answer in time: correct the host and port of SMTP_URL, or see whether it runs.",
  ESOCKET: "cannot be reached, or hung up: correct the host and port of SMTP_URL, or see whether it runs.",
  ETLS: "offers no TLS that works, without which no password is sent: use smtps://, or give it a certificate that is valid for its name.",
  EENVELOPE: "did not take the sender or the recipient: see whether it sends for the address in MAIL_FROM.",
  EMESSAGE: "did not take the message.",
};

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function responseOf(error: unknown): string | null {
  return error instanceof Error && "response" in error ? String(error.response) : null;
}

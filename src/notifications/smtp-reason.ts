/** What nodemailer's errors say besides their message. */
interface SmtpFailure {
  code: string;
  /** The socket's own, of what failed before a server answered. */
  originalCode?: string;
  /** What was waited for in vain. */
  timeoutType?: string;
  /** The command that the server refused. */
  command?: string;
  /** What it answered to that: the whole, and its number. */
  response?: string;
  responseCode?: number;
}

const CHECK_ADDRESS = "correct the host and port of SMTP_URL, or see whether it runs.";
const TOO_SLOW = "took too long to answer. The mail may have arrived all the same.";

/** By nodemailer's codes, where no more is known. */
const REASONS: Record<string, string> = {
  EAUTH: "refused the user or the password of SMTP_URL: correct them.",
  ECONNECTION: "hung up before it said that it has the mail: its log may say why.",
  EDNS: "has no address: correct the host of SMTP_URL.",
  ETIMEDOUT: `did not answer in time: ${CHECK_ADDRESS} A port that begins with TLS, as 465 does, needs smtps://.`,
  EABORT: TOO_SLOW,
  ESOCKET: `cannot be reached: ${CHECK_ADDRESS}`,
  ETLS: "offers no TLS that works, without which no password is sent: use smtps://, or give it a certificate that is valid for its name.",
  EENVELOPE: "did not take the message.",
  EPROTOCOL: "turned the connection away, so nothing was sent.",
  EMESSAGE: "did not take the message.",
};

/** Node's codes for a certificate that it does not trust. */
const UNTRUSTED = /CERT|SIGNATURE|ISSUER|CRL/;
/** RFC 4954: "Authentication required". */
const LOGIN_REQUIRED = 530;

/** Why a mail was not sent, to follow the server's name: what happened and what to do about it. */
export function smtpReason(error: unknown): string {
  const { code, originalCode = "", timeoutType, command, responseCode = 0 } = failureOf(error);
  if (timeoutType === "SOCKET_TIMEOUT") return TOO_SLOW;
  if (originalCode === "ECONNRESET" || originalCode === "EPIPE") return String(REASONS.ECONNECTION);
  if (originalCode === "ERR_SSL_WRONG_VERSION_NUMBER") return "does not begin with TLS at this port: use smtp:// in SMTP_URL, or another port.";
  if (UNTRUSTED.test(originalCode))
    return "has a certificate that is not trusted for its name: give it one that is, or name its authority's file in NODE_EXTRA_CA_CERTS.";
  if (responseCode === LOGIN_REQUIRED) return "asks for a login: put a user and a password into SMTP_URL.";
  if (isTemporary(responseCode) && isAboutMail(error)) return "does not take the mail at the moment.";
  if (code === "EENVELOPE" && command === "RCPT TO") return "did not take the recipient: see whether the address is right, and whether the server sends to it.";
  if (code === "EENVELOPE" && command === "MAIL FROM") return "did not take the sender: see whether it sends for the address in MAIL_FROM.";
  return REASONS[code] ?? "did not take the mail.";
}

/** Whether the server is there and does not take this mail; others it may take. */
export function isAboutMail(error: unknown): boolean {
  const { code, responseCode } = failureOf(error);
  return (code === "EENVELOPE" || code === "EMESSAGE") && responseCode !== LOGIN_REQUIRED;
}

/**
 * Whether the server will not take this mail for this recipient, however often it is tried: it answered with a number from 500 on (RFC 5321,
 * 4.2.1). A sender that it does not take is the operator's to correct, and what waits may go out then.
 */
export function isForGood(error: unknown): boolean {
  const { command, responseCode = 0 } = failureOf(error);
  return isAboutMail(error) && command !== "MAIL FROM" && !isTemporary(responseCode);
}

/** What the server said, but for what it said of logging in. */
export function smtpAnswer(error: unknown): string | null {
  const { code, response } = failureOf(error);
  return code === "EAUTH" || response === undefined ? null : response;
}

function isTemporary(responseCode: number): boolean {
  return responseCode >= 400 && responseCode < 500;
}

function failureOf(error: unknown): SmtpFailure {
  return error instanceof Error ? { code: "", ...(error as Partial<SmtpFailure>) } : { code: "" };
}

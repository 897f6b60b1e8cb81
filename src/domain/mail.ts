/** A message, as plain text at least. */
export interface Mail {
  /** One address. */
  to: string;
  subject: string;
  text: string;
  /** The same in HTML, for programs that show it. */
  html?: string;
  /** Set by programs that send of their own accord. */
  automatic?: AutomaticMail;
}

/** What tells other programs that nobody wrote this mail, and which one it is. */
export interface AutomaticMail {
  /** The same however often the mail is sent, and to whomever: the part of its Message-ID before the @. */
  messageId: string;
  /** The same of the mail that this one answers; null for none. */
  answeredId: string | null;
  /** What mail programs sort by: a name and an id, as in `Ops <7.notifications.example.org>`. */
  list: { name: string; id: string };
}

/**
 * Sends mail. Gives what the mail server answered, where that is known. Rejects when the mail server does not take it, and at once when `signal`
 * is aborted: then it may have arrived all the same.
 */
export interface Mailer {
  send(mail: Mail, signal?: AbortSignal): Promise<string | undefined>;
}

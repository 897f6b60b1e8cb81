/** A message to one person, as plain text. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** Sends mail. Rejects when the mail server does not take it. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
}

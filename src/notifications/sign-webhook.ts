import { createHmac } from "node:crypto";

/** A message that is to be signed. */
interface Signable {
  /** Without a dot in it. */
  id: string;
  /** When it is sent, in whole seconds. */
  timestamp: number;
  body: string;
}

/**
 * The headers of a webhook by the Standard Webhooks specification 1.0, signed with each of these keys (`whsec_…`), so that a receiver takes it
 * that knows one of them.
 */
export function signedHeaders(message: Signable, keys: readonly string[]): Record<string, string> {
  const { id, timestamp } = message;
  return { "webhook-id": id, "webhook-timestamp": String(timestamp), "webhook-signature": keys.map((key) => signatureOf(message, key)).join(" ") };
}

function signatureOf({ id, timestamp, body }: Signable, key: string): string {
  const bytes = Buffer.from(key.replace(/^whsec_/, ""), "base64");
  return `v1,${createHmac("sha256", bytes).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}

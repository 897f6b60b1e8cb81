import { createHash, randomBytes } from "node:crypto";

/** A secret for a link that works once: 256 bits, base64url. */
export function createOneTimeToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What the database holds of such a token: its SHA-256, in hex. */
export function hashOneTimeToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

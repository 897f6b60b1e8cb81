import { createHash, randomBytes } from "node:crypto";

/** A secret for one use: 256 bits, base64url. */
export function createToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What the database holds of a token: its SHA-256, in hex. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

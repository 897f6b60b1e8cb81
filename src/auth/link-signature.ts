import { createHmac, timingSafeEqual } from "node:crypto";
import type { KeyRing } from "@/db/key-ring";

/** What of a link is signed: nothing of it can be changed in the database without ending the link. */
export interface SignedLink {
  id: string;
  orgId: string;
  subject: string;
  createdById: string;
  expiresAt: Date | null;
  /** The key that it is signed with. */
  keyId: string;
}

const PURPOSE = "item link v1";
const TOKEN = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})$/;

/** The id of the key that new links are signed with. */
export function linkKeyId(keys: KeyRing): string {
  return keys.signer(PURPOSE).keyId;
}

/**
 * The end of a link's address: its id and its signature (HMAC-SHA-256 with a key that HKDF derives from one of the installation's).
 * @throws Error when that key is dropped.
 */
export function linkToken(keys: KeyRing, link: SignedLink): string {
  const signature = signatureOf(keys, link);
  if (!signature) throw new Error("The key of this link is dropped.");
  return `${link.id}.${signature.toString("base64url")}`;
}

/** The parts of such an end; null for anything else. */
export function readLinkToken(token: string): { id: string; signature: Buffer } | null {
  const [, id, signature] = TOKEN.exec(token) ?? [];
  return id && signature ? { id, signature: Buffer.from(signature, "base64url") } : null;
}

/** Whether this is the link's signature; never so once its key is dropped. Takes the same time however much of it is right. */
export function isSignatureOf(keys: KeyRing, link: SignedLink, signature: Buffer): boolean {
  const expected = signatureOf(keys, link);
  return expected !== null && expected.length === signature.length && timingSafeEqual(expected, signature);
}

function signatureOf(keys: KeyRing, { id, orgId, subject, createdById, expiresAt, keyId }: SignedLink): Buffer | null {
  const signer = keys.findSigner(PURPOSE, keyId);
  const signed = JSON.stringify([id, orgId, subject, createdById, expiresAt?.toISOString() ?? null]);
  return signer && createHmac("sha256", signer.key).update(signed).digest();
}

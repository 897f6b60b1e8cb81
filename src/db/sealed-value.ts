import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { EncryptionKey } from "@/config/encryption-keys";

/** Where a sealed value is stored. It can be opened at that place only, so that none can be moved to another row. */
export interface SealedPlace {
  /** Null for what belongs to no organization. */
  orgId: string | null;
  table: string;
  row: string;
  column: string;
}

const VERSION = "v1";
const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A stored secret that cannot be read: its key is not there, it was changed, or it stands where it does not belong. */
export class UnreadableSecretError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`A stored secret cannot be read: ${reason}.`, options);
    this.name = "UnreadableSecretError";
  }
}

/** Recognises an UnreadableSecretError by shape: the server and the pages hold separate copies of this class. */
export function isUnreadableSecret(error: unknown): error is UnreadableSecretError {
  return error instanceof Error && error.name === "UnreadableSecretError";
}

/**
 * Encrypts a text for one place in the database: AES-256-GCM (NIST SP 800-38D) with a random nonce.
 * @returns `v1.<key id>.<nonce>.<ciphertext and tag>`, the last two in base64url.
 */
export function sealValue({ id, key }: EncryptionKey, plaintext: string, place: SealedPlace): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(additionalData(id, place));
  const sealed = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return [VERSION, id, nonce.toString("base64url"), sealed.toString("base64url")].join(".");
}

/** @throws UnreadableSecretError when none of the keys opens it at this place. */
export function openValue(keys: readonly EncryptionKey[], value: string, place: SealedPlace): string {
  const { keyId, nonce, sealed } = parse(value);
  const key = keys.find(({ id }) => id === keyId)?.key;
  if (!key) throw new UnreadableSecretError(`the key ${keyId} is missing`);
  try {
    const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(additionalData(keyId, place))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    return decipher.update(sealed.subarray(0, -TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
  } catch (cause) {
    throw new UnreadableSecretError(`it was not sealed here with the key ${keyId}, or was changed since`, { cause });
  }
}

/** The id of the key that a value was sealed with. */
export function keyIdOf(value: string): string {
  return parse(value).keyId;
}

/** How many bytes the text has that was sealed. */
export function sealedBytes(value: string): number {
  return parse(value).sealed.length - TAG_BYTES;
}

function parse(value: string): { keyId: string; nonce: Buffer; sealed: Buffer } {
  const [version, keyId, nonce, sealed, ...rest] = value.split(".");
  if (version !== VERSION || !keyId || !nonce || !sealed || rest.length > 0) throw new UnreadableSecretError("it is not in a form that this version knows");
  return { keyId, nonce: Buffer.from(nonce, "base64url"), sealed: Buffer.from(sealed, "base64url") };
}

function additionalData(keyId: string, { orgId, table, row, column }: SealedPlace): Buffer {
  return Buffer.from(JSON.stringify([VERSION, keyId, orgId, table, row, column]));
}

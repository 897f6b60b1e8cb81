import { randomBytes } from "node:crypto";

/** A key that encrypts secrets before they are stored. Its id stands beside what it encrypted. */
export interface EncryptionKey {
  id: string;
  /** 32 bytes, for AES-256. */
  key: Buffer;
}

const KEY_BYTES = 32;
const ENTRY = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_-]{43}=?)$/;

/** Keys as a person or a file states them, `id:key` each, separated by commas or lines, the current one first. Null for anything else. */
export function parseEncryptionKeys(text: string): EncryptionKey[] | null {
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== "");
  const keys = entries.map(parseEntry).filter((key) => key !== null);
  const isComplete = keys.length > 0 && keys.length === entries.length && new Set(keys.map(({ id }) => id)).size === keys.length;
  return isComplete ? keys : null;
}

function parseEntry(entry: string): EncryptionKey | null {
  const [, id, text] = ENTRY.exec(entry) ?? [];
  if (id === undefined || text === undefined) return null;
  const key = Buffer.from(text, "base64");
  return key.length === KEY_BYTES ? { id, key } : null;
}

/** The keys as `parseEncryptionKeys` reads them. */
export function formatEncryptionKeys(keys: readonly EncryptionKey[], separator: "," | "\n"): string {
  return keys.map(({ id, key }) => `${id}:${key.toString("base64")}`).join(separator);
}

/** A key that nobody has had before. */
export function newEncryptionKey(): EncryptionKey {
  return { id: randomBytes(4).toString("hex"), key: randomBytes(KEY_BYTES) };
}

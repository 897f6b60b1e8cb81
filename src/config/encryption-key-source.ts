import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { type EncryptionKey, formatEncryptionKeys, newEncryptionKey, parseEncryptionKeys } from "./encryption-keys";
import type { Env } from "./env";
import { readOrCreateSecretFile } from "./secret-file";
import { StartError } from "./start-error";

/** Where this installation's encryption keys are kept. */
export interface EncryptionKeySource {
  /** The setting or the file, for messages. */
  readonly place: string;
  /**
   * The keys as they are now, the current one first; null while there are none.
   * @throws StartError when what is there cannot be used.
   */
  read(): EncryptionKey[] | null;
  /** The file to change; null when the keys come from the environment, which only a person can change. */
  readonly file: EncryptionKeyFile | null;
}

export interface EncryptionKeyFile {
  /** Makes a first key unless there is one. Several processes may ask at once; all get the same. */
  create(): EncryptionKey[];
  /** Replaces the keys; whoever reads meanwhile finds the old ones or the new ones. */
  write(keys: readonly EncryptionKey[]): void;
}

type KeySettings = Pick<Env, "MILKRUN_ENCRYPTION_KEYS" | "MILKRUN_ENCRYPTION_KEYS_FILE" | "MILKRUN_DATA_DIR">;

/** MILKRUN_ENCRYPTION_KEYS, else the file of MILKRUN_ENCRYPTION_KEYS_FILE, else one in the data directory. */
export function encryptionKeySource(env: KeySettings): EncryptionKeySource {
  const { MILKRUN_ENCRYPTION_KEYS: given, MILKRUN_ENCRYPTION_KEYS_FILE, MILKRUN_DATA_DIR } = env;
  if (given) return { place: "MILKRUN_ENCRYPTION_KEYS", read: () => given, file: null };
  const place = path.resolve(MILKRUN_ENCRYPTION_KEYS_FILE ?? path.join(MILKRUN_DATA_DIR, "encryption-keys"));
  const read = () => (fs.existsSync(place) ? readKeys(place, fs.readFileSync(place, "utf8")) : null);
  const create = () =>
    readKeys(
      place,
      readOrCreateSecretFile(place, () => `${formatEncryptionKeys([newEncryptionKey()], "\n")}\n`),
    );
  return { place, read, file: { create, write: (keys) => replaceFile(place, `${formatEncryptionKeys(keys, "\n")}\n`) } };
}

function readKeys(place: string, text: string): EncryptionKey[] {
  const keys = parseEncryptionKeys(text);
  if (keys) return keys;
  throw new StartError(`The encryption keys in ${place} cannot be used: each line must be id:key, the key 32 bytes in base64. Restore the file from a backup.`);
}

/** Written to the disk before it takes the old one's place: a key that is lost takes what it encrypted with it. */
function replaceFile(file: string, text: string): void {
  const draft = `${file}.${process.pid}-${randomBytes(4).toString("hex")}`;
  const descriptor = fs.openSync(draft, "wx", 0o600);
  try {
    fs.writeFileSync(descriptor, text);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
  fs.renameSync(draft, file);
}

import type { EncryptionKeySource } from "@/config/encryption-key-source";
import type { EncryptionKey } from "@/config/encryption-keys";
import { createKeyRing } from "@/db/key-ring";

/** A key that tests know; another number is another key. */
export const testKey = (id: string, filler = 1): EncryptionKey => ({ id, key: Buffer.alloc(32, filler) });

export const testKeys = createKeyRing({ place: "the test", read: () => [testKey("test")] });

/** Keys as a file would hold them, which the test can change; without any there is no file. */
export function keyFile(...keys: EncryptionKey[]): EncryptionKeySource & { keys: EncryptionKey[] } {
  const state = { keys };
  const read = () => (state.keys.length > 0 ? state.keys : null);
  const write = (changed: readonly EncryptionKey[]) => {
    state.keys = [...changed];
  };
  const create = () => {
    if (state.keys.length === 0) state.keys = [testKey("made", 9)];
    return state.keys;
  };
  return Object.assign(state, { place: "/data/encryption-keys", read, file: { create, write } });
}

/** Keys as the environment would give them. */
export const givenKeys = (...keys: EncryptionKey[]): EncryptionKeySource => ({ place: "MILKRUN_ENCRYPTION_KEYS", read: () => keys, file: null });

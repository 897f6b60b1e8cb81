import { hkdfSync } from "node:crypto";
import type { EncryptionKeySource } from "@/config/encryption-key-source";
import type { EncryptionKey } from "@/config/encryption-keys";
import { keyIdOf, openValue, type SealedPlace, sealValue } from "./sealed-value";
import type { Tx } from "./transaction";

/** Held by whoever stores sealed values, until their transaction ends; a rotation waits for them once, and then all use the new key. */
export const SEALING_LOCK = "milkrun.sealing";

/** Seals what is stored and must not be read in the database, and opens it again. */
export interface KeyRing {
  /** What seals with the current key, for values that this transaction stores. */
  sealer(tx: Tx): Promise<(plaintext: string, place: SealedPlace) => string>;
  /** @throws UnreadableSecretError */
  open(sealed: string, place: SealedPlace): string;
  /** What signs for this purpose from now on, and the id of the key that it comes from. */
  signer(purpose: string): SigningKey & { keyId: string };
  /** What signed for this purpose with that key; null once the key is dropped, which ends whatever it signed. */
  findSigner(purpose: string, keyId: string): SigningKey | null;
}

/** A key for one purpose, from which nothing of the key that it comes from can be learnt. */
interface SigningKey {
  key: Buffer;
}

/** RFC 5869. Another purpose is another key. */
function derive({ key }: EncryptionKey, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", key, "", `milkrun ${purpose}`, key.length));
}

/** The keys are read anew when they may have changed, so that a rotation needs no restart. */
export function createKeyRing({ place, read }: Pick<EncryptionKeySource, "place" | "read">): KeyRing {
  let known: readonly EncryptionKey[] = [];
  function currentKey(): EncryptionKey {
    const [current] = known;
    if (!current) throw new Error(`There are no encryption keys in ${place}.`);
    return current;
  }
  return {
    async sealer(tx) {
      await tx.$executeRaw`select pg_advisory_xact_lock_shared(hashtext(${SEALING_LOCK}))`;
      known = read() ?? [];
      const current = currentKey();
      return (plaintext, at) => sealValue(current, plaintext, at);
    },
    open(sealed, at) {
      const keyId = keyIdOf(sealed);
      if (!known.some(({ id }) => id === keyId)) known = read() ?? known;
      return openValue(known, sealed, at);
    },
    signer(purpose) {
      known = read() ?? [];
      const current = currentKey();
      return { keyId: current.id, key: derive(current, purpose) };
    },
    findSigner(purpose, keyId) {
      if (!known.some(({ id }) => id === keyId)) known = read() ?? known;
      const signing = known.find(({ id }) => id === keyId);
      return signing ? { key: derive(signing, purpose) } : null;
    },
  };
}

/** For programs that store and open no secrets. */
export const NO_KEYS: KeyRing = createKeyRing({ place: "this process", read: () => null });

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
}

/** The keys are read anew when they may have changed, so that a rotation needs no restart. */
export function createKeyRing({ place, read }: Pick<EncryptionKeySource, "place" | "read">): KeyRing {
  let known: readonly EncryptionKey[] = [];
  return {
    async sealer(tx) {
      await tx.$executeRaw`select pg_advisory_xact_lock_shared(hashtext(${SEALING_LOCK}))`;
      known = read() ?? [];
      const [current] = known;
      if (!current) throw new Error(`There are no encryption keys in ${place}.`);
      return (plaintext, at) => sealValue(current, plaintext, at);
    },
    open(sealed, at) {
      const keyId = keyIdOf(sealed);
      if (!known.some(({ id }) => id === keyId)) known = read() ?? known;
      return openValue(known, sealed, at);
    },
  };
}

/** For programs that store and open no secrets. */
export const NO_KEYS: KeyRing = createKeyRing({ place: "this process", read: () => null });

import type pg from "pg";
import type { EncryptionKeySource } from "@/config/encryption-key-source";
import type { EncryptionKey } from "@/config/encryption-keys";
import { StartError } from "@/config/start-error";
import { withClient } from "./connect";
import { createKeyRing, type KeyRing } from "./key-ring";
import { countSecretsByKey, KEY_CHECK_PLACE, KEY_CHECK_TEXT, readKeyCheck, storeKeyCheck } from "./sealed-columns";
import { keyIdOf, openValue, sealValue } from "./sealed-value";
import { systemConnection } from "./system-connection";

/**
 * The keys of this installation, after a look at whether they are the ones that its secrets were sealed with. On the first start of
 * all a key is made where none is given.
 * @param connection As the role that the app works as.
 * @throws StartError when a key is missing or wrong, naming it.
 */
export async function openKeyRing(connection: pg.ClientConfig, source: EncryptionKeySource): Promise<KeyRing> {
  await withClient(systemConnection(connection), (client) => inTransaction(client, () => checkKeys(client, source)));
  return createKeyRing(source);
}

async function inTransaction(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query("begin");
  // Of several first starts at once one makes the key; the others find that there is one.
  await client.query("select pg_advisory_xact_lock(hashtext('milkrun.key_check'))");
  await work();
  await client.query("commit");
}

async function checkKeys(client: pg.Client, source: EncryptionKeySource): Promise<void> {
  const check = await readKeyCheck(client);
  if (check === null) return storeKeyCheck(client, sealKeyCheck(source.read() ?? source.file?.create() ?? []));
  const keys = source.read() ?? [];
  requireKeys(keys, [keyIdOf(check), ...(await countSecretsByKey(client)).keys()], source.place);
  try {
    openValue(keys, check, KEY_CHECK_PLACE);
  } catch (cause) {
    throw new StartError(
      `The key ${keyIdOf(check)} in ${source.place} is not the one that this installation's secrets were encrypted with: put the right one there, ` +
        "from a backup or from another machine of the installation.",
      { cause },
    );
  }
}

/** @param keys The current one first. */
export function sealKeyCheck([current]: readonly EncryptionKey[]): string {
  if (!current) throw new Error("There is no key to begin with.");
  return sealValue(current, KEY_CHECK_TEXT, KEY_CHECK_PLACE);
}

/**
 * Refuses to go on without a key that stored secrets need.
 * @throws StartError naming the keys that are missing.
 */
export function requireKeys(keys: readonly EncryptionKey[], neededIds: readonly string[], place: string): void {
  const missing = [...new Set(neededIds)].filter((needed) => keys.every(({ id }) => id !== needed));
  if (missing.length === 0) return;
  throw new StartError(
    `The database holds secrets that were encrypted with the key ${missing.join(" and the key ")}, which is not in ${place}: put it there, from a backup or ` +
      "from another machine of the installation. If it is lost for good, npm run secrets:rotate -- --discard-lost gives up what only it can read.",
  );
}

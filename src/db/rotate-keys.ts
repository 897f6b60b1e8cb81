import os from "node:os";
import type pg from "pg";
import type { EncryptionKeySource } from "@/config/encryption-key-source";
import { type EncryptionKey, formatEncryptionKeys, newEncryptionKey } from "@/config/encryption-keys";
import { StartError } from "@/config/start-error";
import { SEALING_LOCK } from "./key-ring";
import { requireKeys, sealKeyCheck } from "./open-key-ring";
import { resealAll } from "./reseal";
import { countSecretsByKey, readKeyCheck, storeKeyCheck } from "./sealed-columns";
import { keyIdOf } from "./sealed-value";

/** A connection that sees every organization, and where the keys are. */
export interface Rotation {
  client: pg.Client;
  source: EncryptionKeySource;
}

/**
 * Goes over to a new key: makes it the current one and encrypts with it whatever is stored under another. A rotation that was broken
 * off is gone on with instead. Processes of this machine may be at work; they take the new key up by themselves.
 * @returns What was done and what is left to do, one sentence each.
 * @throws StartError when a key is missing, or when processes of other machines would not learn of the new key.
 */
export async function rotateKeys({ client, source }: Rotation): Promise<string[]> {
  const keys = await readKeys({ client, source });
  const isUnderWay = (await listNeeded(client)).some((id) => id !== keys[0]?.id);
  if (isUnderWay) return finishRotation(client, keys);
  const next = [newEncryptionKey(), ...keys];
  if (source.file) {
    await refuseOtherMachines(client, source.place);
    source.file.write(next);
    return finishRotation(client, next);
  }
  return [
    `Everything is encrypted with the current key, ${keys[0]?.id}. To go over to a new one, set this on every machine and start Milkrun again:`,
    `MILKRUN_ENCRYPTION_KEYS=${formatEncryptionKeys(next, ",")}`,
    "Then run npm run secrets:rotate once more.",
  ];
}

async function finishRotation(client: pg.Client, keys: readonly EncryptionKey[]): Promise<string[]> {
  await awaitSealing(client);
  const { done, unreadable } = await resealAll(client, keys);
  if (unreadable > 0) {
    throw new StartError(
      `Encrypted ${done} with the key ${keys[0]?.id}. ${unreadable} could not be read although their keys are there: they were changed by something ` +
        "other than Milkrun. Enter these headers anew, then run npm run secrets:rotate again.",
    );
  }
  await storeKeyCheck(client, sealKeyCheck(keys));
  const old = keys.slice(1).map(({ id }) => id);
  return [
    `Encrypted ${done} ${done === 1 ? "secret" : "secrets"} with the key ${keys[0]?.id}. Nothing needs ${old.join(" or ")} any more, except backups of the database made until now.`,
    "To remove what is not needed: npm run secrets:rotate -- --drop-old",
  ];
}

/**
 * Removes the keys that nothing stored needs any more.
 * @throws StartError while something does.
 */
export async function dropOldKeys({ client, source }: Rotation): Promise<string[]> {
  const keys = await readKeys({ client, source });
  await awaitSealing(client);
  const needed = await listNeeded(client);
  const [current, ...old] = keys;
  const stillNeeded = old.filter(({ id }) => needed.includes(id)).map(({ id }) => id);
  if (stillNeeded.length > 0) {
    throw new StartError(`The key ${stillNeeded.join(" and the key ")} is still needed, so no key was removed. Run npm run secrets:rotate first.`);
  }
  if (!current || old.length === 0) return ["There is no old key to remove."];
  const names = old.map(({ id }) => id).join(", ");
  if (!source.file) return [`Nothing needs ${names} any more: take it out of MILKRUN_ENCRYPTION_KEYS on every machine and start Milkrun again.`];
  source.file.write([current]);
  return [`Removed ${names} from ${source.place}.`];
}

/**
 * Gives up the secrets whose keys are lost, so that Milkrun starts again; a source whose header goes says so in the audit, and so does a
 * channel of notifications, which is turned off.
 * @returns What was done, one sentence each.
 */
export async function discardLost({ client, source }: Rotation): Promise<string[]> {
  await takeTurn(client);
  const keys = source.read() ?? source.file?.create() ?? [];
  const ids = keys.map(({ id }) => id);
  await client.query("begin");
  const { rowCount } = await client.query(
    `with lost as (delete from source_header where split_part(sealed_value, '.', 2) <> all ($1) returning org_id, source_id, name)
     insert into audit_entry (org_id, actor_name, action, subject_id, summary)
     select org_id, 'Milkrun', 'source.discardHeader', source_id::text, 'Removed the header ' || name || ', whose encryption key is lost' from lost`,
    [ids],
  );
  const { rowCount: channels } = await client.query(DISCARD_OF_CHANNELS, [ids]);
  await client.query("delete from source_test where split_part(sealed_headers, '.', 2) <> all ($1)", [ids]);
  await storeKeyCheck(client, sealKeyCheck(keys));
  await client.query("commit");
  return [
    `Removed the headers that could not be read any more (${rowCount ?? 0}). The audit of each organization names them.`,
    `Turned off the channels of notifications whose secrets could not be read any more (${channels ?? 0}). The audit names them, too.`,
  ];
}

/** A key that was replaced and is lost costs nothing: the newer one signs. */
const DISCARD_OF_CHANNELS = `
  with older as (
    update notification_channel set sealed_old_secret = null, old_secret_until = null
    where split_part(sealed_old_secret, '.', 2) <> all ($1) and split_part(sealed_secret, '.', 2) = any ($1)
  ), lost as (
    update notification_channel set sealed_secret = null, sealed_old_secret = null, old_secret_until = null, enabled = false,
      disabled_reason = 'The encryption key of its secret is lost. Enter the secret again, or make a new one.'
    where split_part(sealed_secret, '.', 2) <> all ($1) returning org_id, id, name
  )
  insert into audit_entry (org_id, actor_name, action, subject_id, summary)
  select org_id, 'Milkrun', 'notification.discardSecret', id::text, 'Turned the channel “' || name || '” off: the encryption key of its secret is lost' from lost`;

async function readKeys({ client, source }: Rotation): Promise<EncryptionKey[]> {
  await takeTurn(client);
  const keys = source.read() ?? [];
  requireKeys(keys, await listNeeded(client), source.place);
  return keys;
}

/** Of two at once the second waits until the first has ended: each would lose the other's new key. */
async function takeTurn(client: pg.Client): Promise<void> {
  await client.query("select pg_advisory_lock(hashtext('milkrun.rotation'))");
}

/** The ids of the keys that something stored needs. */
async function listNeeded(client: pg.Client): Promise<string[]> {
  const check = await readKeyCheck(client);
  if (check === null) throw new StartError("This installation has no encryption key yet. Start Milkrun once, which makes one.");
  return [keyIdOf(check), ...(await countSecretsByKey(client)).keys()];
}

/** Resolves when nobody is storing a secret with a key read earlier: whoever begins now reads the keys anew. */
async function awaitSealing(client: pg.Client): Promise<void> {
  await client.query("select pg_advisory_lock(hashtext($1))", [SEALING_LOCK]);
  await client.query("select pg_advisory_unlock(hashtext($1))", [SEALING_LOCK]);
}

async function refuseOtherMachines(client: pg.Client, place: string): Promise<void> {
  const { rows } = await client.query<{ host: string }>("select distinct host from heartbeat where host <> $1 and app.is_alive(instance_id)", [os.hostname()]);
  if (rows.length === 0) return;
  const hosts = rows.map(({ host }) => host).join(", ");
  throw new StartError(
    `Milkrun also runs on ${hosts}, where a new key in ${place} would not be known, so nothing was changed. Stop it there, run this again, copy the file ` +
      "there and start it; or give all machines MILKRUN_ENCRYPTION_KEYS.",
  );
}

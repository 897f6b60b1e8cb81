import { randomBytes } from "node:crypto";
import { SECRET_OVERLAP_HOURS } from "@/domain/notification-channel";
import type { KeyRing } from "./key-ring";
import { isUnreadableSecret, type SealedPlace } from "./sealed-value";
import type { Tx } from "./transaction";

/** The Standard Webhooks specification asks for 24 to 64 bytes. */
const SIGNING_KEY_BYTES = 32;

/** A channel's row. */
interface ChannelId {
  orgId: string;
  id: string;
}

type SecretColumn = "sealed_secret" | "sealed_old_secret";

const placeOf = ({ orgId, id }: ChannelId, column: SecretColumn): SealedPlace => ({ orgId, table: "notification_channel", row: id, column });

/** A new key to sign webhooks with: `whsec_` and base64, as the Standard Webhooks specification writes it. */
export function makeSigningKey(): string {
  return `whsec_${randomBytes(SIGNING_KEY_BYTES).toString("base64")}`;
}

/** The secret as it is stored with the channel; null for none. */
export async function sealChannelSecret(tx: Tx, keys: KeyRing, channel: ChannelId, secret: string | null): Promise<string | null> {
  if (secret === null) return null;
  const seal = await keys.sealer(tx);
  return seal(secret, placeOf(channel, "sealed_secret"));
}

/**
 * Makes a new key to sign with. The one before it, if it is not lost, signs too for another day. The caller holds the lock on the channel.
 * @throws UnreadableSecretError
 */
export async function replaceSigningKey(tx: Tx, keys: KeyRing, channel: ChannelId, sealedSecret: string | null): Promise<string> {
  const secret = makeSigningKey();
  const before = sealedSecret === null ? null : keys.open(sealedSecret, placeOf(channel, "sealed_secret"));
  const seal = await keys.sealer(tx);
  const sealedBefore = before === null ? null : seal(before, placeOf(channel, "sealed_old_secret"));
  await tx.$executeRaw`
    update notification_channel set sealed_secret = ${seal(secret, placeOf(channel, "sealed_secret"))},
      sealed_old_secret = ${sealedBefore}, old_secret_until = case when ${sealedBefore}::text is not null then clock_timestamp() + ${SECRET_OVERLAP_HOURS}::int * interval '1 hour' end
    where org_id = ${channel.orgId}::uuid and id = ${channel.id}::uuid`;
  return secret;
}

/** What a channel's messages need that nobody may see, or why they do not have it. `reason` is for the log. */
export type ChannelSecrets = { ok: true; secret: string | null; oldSecret: string | null } | { ok: false; reason: string };

interface SecretRow extends ChannelId {
  sealedSecret: string | null;
  sealedOldSecret: string | null;
  oldSecretUntil: Date | null;
}

/** Decrypts the secrets of a channel: the current one and, while it is still good, the one before it. */
export function openChannelSecrets(keys: KeyRing, row: SecretRow, now: Date): ChannelSecrets {
  const { sealedSecret, sealedOldSecret, oldSecretUntil } = row;
  const isOldGood = oldSecretUntil !== null && oldSecretUntil > now;
  try {
    return {
      ok: true,
      secret: sealedSecret === null ? null : keys.open(sealedSecret, placeOf(row, "sealed_secret")),
      oldSecret: sealedOldSecret === null || !isOldGood ? null : keys.open(sealedOldSecret, placeOf(row, "sealed_old_secret")),
    };
  } catch (error) {
    if (!isUnreadableSecret(error)) throw error;
    return { ok: false, reason: error.message };
  }
}

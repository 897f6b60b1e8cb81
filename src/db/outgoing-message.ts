import type { RecipientOutcome } from "@/domain/mail-recipients";
import type { SentNotice } from "@/domain/notice";
import { testNotice } from "@/domain/notice-message";
import type { ChannelKind } from "@/domain/notification-channel";
import type { NotificationChannel } from "@/generated/prisma/client";
import { findAnswered } from "./answered-delivery";
import { type ChannelSecrets, openChannelSecrets } from "./channel-secrets";
import { listRecipients } from "./delivery-recipients";
import type { KeyRing } from "./key-ring";
import { toSentNotice } from "./notices";
import type { Tx } from "./transaction";

/** A message that is to be sent now. */
export interface OutgoingMessage {
  deliveryId: string;
  isTest: boolean;
  /** Attempts before this one, since it was queued. */
  tries: number;
  at: Date;
  notices: SentNotice[];
  /** The message that told of what this one says is over. */
  answeredId: string | null;
  /** What became of a mail for its recipients so far. */
  earlier: RecipientOutcome[];
  channel: { kind: ChannelKind; name: string; recipients: string[]; address: string | null; timeZone: string };
  organization: { id: string; name: string };
  secrets: ChannelSecrets;
}

/** A message with all that is sent of it. */
export async function readMessage(
  tx: Tx,
  keys: KeyRing,
  row: NotificationChannel,
  due: { id: string; isTest: boolean; tries: number; now: Date },
): Promise<OutgoingMessage> {
  const { orgId, kind, name, recipients, address, timeZone } = row;
  const organization = await tx.organization.findUniqueOrThrow({ where: { id: orgId }, select: { id: true, name: true } });
  const told = await tx.notice.findMany({ where: { orgId, deliveries: { some: { deliveryId: due.id } } }, orderBy: [{ at: "asc" }, { id: "asc" }] });
  const notices = due.isTest ? [testNotice(due.id, due.now)] : told.map(toSentNotice);
  const secrets = openChannelSecrets(keys, row, due.now);
  return {
    deliveryId: due.id,
    isTest: due.isTest,
    tries: due.tries,
    at: due.now,
    notices,
    answeredId: kind === "email" ? await findAnswered(tx, row, told) : null,
    earlier: kind === "email" ? await listRecipients(tx, { orgId, deliveryId: due.id }) : [],
    channel: { kind, name, recipients, address, timeZone },
    organization,
    secrets,
  };
}

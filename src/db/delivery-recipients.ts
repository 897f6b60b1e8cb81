import { openRecipients, type RecipientOutcome } from "@/domain/mail-recipients";
import type { DeliveryRecipient } from "@/domain/notification-delivery";
import type { Tx } from "./transaction";

interface DeliveryId {
  orgId: string;
  deliveryId: string;
}

/** What became of a mail for its recipients so far, those without it first. */
export function listRecipients(tx: Tx, { orgId, deliveryId }: DeliveryId): Promise<DeliveryRecipient[]> {
  return tx.deliveryRecipient.findMany({
    where: { orgId, deliveryId },
    orderBy: [{ state: "asc" }, { address: "asc" }],
    select: { address: true, state: true, at: true, answer: true, error: true },
  });
}

/** Records what became of a mail for one recipient. That somebody has it stays. */
export async function upsertRecipient(tx: Tx, { orgId, deliveryId }: DeliveryId, { address, state, answer, error }: RecipientOutcome): Promise<void> {
  await tx.$executeRaw`
    insert into delivery_recipient as r (org_id, delivery_id, address, state, answer, error)
    values (${orgId}::uuid, ${deliveryId}::uuid, ${address}, ${state}::recipient_state, ${answer}, ${error})
    on conflict (org_id, delivery_id, address) do update set state = excluded.state, at = clock_timestamp(), answer = excluded.answer, error = excluded.error
    where r.state <> 'taken'`;
}

/** Records what an attempt came to for each recipient. Who was waited for and is no recipient any more is forgotten. */
export async function recordRecipients(tx: Tx, id: DeliveryId, outcomes: readonly RecipientOutcome[]): Promise<void> {
  for (const outcome of outcomes) await upsertRecipient(tx, id, outcome);
  const { orgId, deliveryId } = id;
  const tried = outcomes.map(({ address }) => address);
  await tx.deliveryRecipient.deleteMany({ where: { orgId, deliveryId, state: "waiting", address: { notIn: tried } } });
}

/** Before a mail is sent once more: whoever does not have it is open again or, where everybody has it, everybody. */
export async function reopenRecipients(tx: Tx, { orgId, deliveryId }: DeliveryId, recipients: readonly string[]): Promise<void> {
  const taken = await tx.deliveryRecipient.findMany({ where: { orgId, deliveryId, state: "taken" } });
  const some = openRecipients(recipients, taken).length > 0 ? { not: "taken" as const } : undefined;
  await tx.deliveryRecipient.deleteMany({ where: { orgId, deliveryId, ...(some && { state: some }) } });
}

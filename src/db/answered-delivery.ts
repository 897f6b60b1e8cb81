import { moodOf } from "@/domain/notice";
import type { Notice, NotificationChannel } from "@/generated/prisma/client";
import type { Tx } from "./transaction";

/**
 * The message that told on this channel of the trouble that these notices say is over, so that mail programs show the two together. Null where
 * they say nothing of the kind or several things, and where that message is not kept any more.
 */
export async function findAnswered(
  tx: Tx,
  { orgId, id: channelId }: Pick<NotificationChannel, "orgId" | "id">,
  notices: readonly Notice[],
): Promise<string | null> {
  const [notice, ...others] = notices;
  if (!notice || others.length > 0 || moodOf(notice.type) !== "good") return null;
  const before = await tx.notice.findFirst({
    where: { orgId, ruleId: notice.ruleId, at: { lt: notice.at }, NOT: { type: notice.type }, deliveries: { some: { delivery: { channelId } } } },
    orderBy: { at: "desc" },
    select: { deliveries: { where: { delivery: { channelId } }, select: { deliveryId: true } } },
  });
  return before?.deliveries[0]?.deliveryId ?? null;
}

import type { Database } from "@/db/client";
import { noteActivity } from "@/db/members";
import { systemClock } from "@/domain/clock";

const PRECISION_MS = 300_000;
const MOST_REMEMBERED = 10_000;

/** When this process last noted each member, on the monotonic clock. */
const notedAt = new Map<string, number>();

/**
 * Notes that a member was here, every five minutes at most. In a transaction of its own: held in the procedure's, the
 * member's row would lock in another order than changes of members do.
 */
export async function noteActivityNow(db: Database, { organizationId: orgId, userId }: { organizationId: string; userId: string }): Promise<void> {
  const key = `${orgId} ${userId}`;
  const now = systemClock.monotonicMs();
  const last = notedAt.get(key);
  if (last !== undefined && now - last < PRECISION_MS) return;
  if (notedAt.size >= MOST_REMEMBERED) notedAt.clear();
  // Before the database answers: a page asks for several things at once.
  notedAt.set(key, now);
  await db.withTenant(orgId, (tx) => noteActivity(tx, orgId, userId));
}

import type { Database } from "@/db/client";
import { correctSlots, type SlotCorrection } from "@/db/next-slots";
import { listSlotHolders, listStoredSlots, type SlotHolder, type SlotPage, type StoredSlot } from "@/db/stored-slots";
import { nextOccurrence } from "@/domain/occurrences";
import { dueAtOf } from "@/domain/spread";
import { describeProblem } from "./describe-problem";

/** Schedules that are gone through at a time. */
const PAGE = 5_000;

/** A stored slot that should be another. */
interface WrongSlot {
  stored: StoredSlot;
  nextRunAt: Date | null;
  problem: string | null;
}

/**
 * Computes every enabled schedule's next slot anew, since zone rules change with the program's time zone data. Returns how many were
 * corrected. One that cannot be computed is flagged on its page and stops no other. Ends early when the signal is aborted.
 */
export async function recomputeSlots(db: Database, signal?: AbortSignal): Promise<number> {
  let corrected = 0;
  for (let after: string | null = null; !signal?.aborted; ) {
    const page: SlotPage = await listStoredSlots(db.system, after, PAGE);
    if (page.lastId === null) break;
    corrected += await correctPage(db, page);
    after = page.lastId;
  }
  return corrected;
}

async function correctPage(db: Database, page: SlotPage): Promise<number> {
  const wrong = page.slots.map(checkSlot).filter((slot) => slot !== null);
  const holders = await listSlotHolders(
    db.system,
    page,
    wrong.map(({ stored }) => stored),
  );
  const corrections = holders.flatMap((holder) => {
    const slot = wrong[holder.nth];
    return slot ? [toCorrection(holder, slot)] : [];
  });
  return correctSlots(db.system, corrections);
}

function checkSlot(stored: StoredSlot): WrongSlot | null {
  const { cronExpression, timeZone, lowerBoundAt } = stored;
  try {
    const nextRunAt = nextOccurrence(cronExpression, timeZone, lowerBoundAt);
    if (nextRunAt?.getTime() === stored.nextRunAt?.getTime()) return null;
    return { stored, nextRunAt, problem: nextRunAt ? null : describeProblem(null) };
  } catch (error) {
    return stored.nextRunAt === null ? null : { stored, nextRunAt: null, problem: describeProblem(error) };
  }
}

function toCorrection({ id, orgId, spreadMs }: SlotHolder, { stored, nextRunAt, problem }: WrongSlot): SlotCorrection {
  return { id, lowerBoundAt: stored.lowerBoundAt, nextRunAt, dueAt: dueAtOf(nextRunAt, orgId, spreadMs), problem };
}

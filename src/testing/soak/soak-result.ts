import type pg from "pg";
import { withClient } from "@/db/connect";
import { walkOccurrences } from "@/domain/occurrences";
import { ON_TIME_MS } from "@/domain/schedule";
import { spreadOffsetMs } from "@/domain/spread";
import type { InvariantRule, Violation } from "@/testing/faults/expectations";
import { checkInvariantsAtRest } from "@/testing/faults/invariants";
import { readSchedules, readSlotRows, type SlotRow } from "@/testing/faults/ledger-facts";
import type { SoakLoad } from "./soak-load";
import { keysOf } from "./soak-site";

/** What became of the load. Slots are counted in the ledger, what was due is computed by the time engine. */
export interface SoakResult {
  slots: { due: number; onTime: number; late: number; skipped: number; missed: number; superseded: number; lost: number; doubled: number };
  /** From a slot, or where its organization's share of the spread puts it, to its row in the ledger. */
  peakLatenessMs: number;
  runs: Record<string, number>;
  items: { expected: number; stored: number; doubled: number };
  /** Everything that the invariant checker found. */
  violations: Violation[];
}

/**
 * Holds the database against what the time engine and the site say.
 * @param until Slots up to this instant must be in the ledger, and more where a schedule is past them.
 * @param liveInstances The processes that run now.
 */
export async function readResult(connection: pg.ClientConfig, load: SoakLoad, until: Date, liveInstances: string[]): Promise<SoakResult> {
  return withClient(connection, async (client) => {
    const stored = new Map((await readSchedules(client)).map((schedule) => [schedule.id, schedule]));
    const schedules = load.schedules.map((schedule) => ({ ...schedule, until: later(until, stored.get(schedule.scheduleId)?.lowerBoundAt) }));
    const items = await readExpectedItems(client, load);
    const violations = await checkInvariantsAtRest(connection, { schedules, items, liveInstances });
    const rows = await readSlotRows(client);
    const shareOf = (row: SlotRow) => spreadOffsetMs(row.orgId, stored.get(row.scheduleId)?.spreadMs ?? 0);
    const lateness = (row: SlotRow) => row.latenessMs - shareOf(row);
    return {
      slots: {
        due: schedules.reduce((sum, schedule) => sum + countSlots(schedule), 0),
        ...countRows(rows, lateness),
        lost: countOf(violations, "slot-lost") + countOf(violations, "slot-overdue"),
        doubled: countOf(violations, "slot-doubled"),
      },
      peakLatenessMs: Math.max(0, ...rows.map(lateness)),
      runs: countBy(rows, (row) => row.status),
      items: { expected: items.reduce((sum, { keys }) => sum + keys.length, 0), ...(await countItems(client)) },
      violations,
    };
  });
}

const later = (a: Date, b: Date | undefined) => (b && b > a ? b : a);
const countOf = (violations: readonly Violation[], rule: InvariantRule) => violations.filter((violation) => violation.rule === rule).length;

function countSlots({ cronExpression, timeZone, after, until }: { cronExpression: string; timeZone: string; after: Date; until: Date }): number {
  let count = 0;
  for (const { atMs } of walkOccurrences(cronExpression, timeZone, after)) {
    if (atMs > until.getTime()) break;
    count++;
  }
  return count;
}

function countRows(rows: readonly SlotRow[], latenessOf: (row: SlotRow) => number) {
  const began = rows.filter((row) => row.status !== "skipped" && row.status !== "missed");
  const late = began.filter((row) => latenessOf(row) > ON_TIME_MS).length;
  return {
    onTime: began.length - late,
    late,
    skipped: rows.filter((row) => row.status === "skipped").length,
    missed: rows.reduce((sum, row) => sum + row.missedCount, 0),
    superseded: rows.reduce((sum, row) => sum + row.supersededCount, 0),
  };
}

function countBy(rows: readonly SlotRow[], keyOf: (row: SlotRow) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of rows) counts[keyOf(row)] = (counts[keyOf(row)] ?? 0) + 1;
  return counts;
}

/** A source that was collected once has all of its items; the site never takes one away. */
async function readExpectedItems(client: pg.Client, load: SoakLoad) {
  const { rows } = await client.query<{ id: string; collected: boolean }>(
    `select s.id, exists (select from run_source r where r.org_id = s.org_id and r.source_id = s.id and r.status = 'succeeded') as collected from source s`,
  );
  return rows.map(({ id, collected }) => ({ sourceId: id, keys: collected ? keysOf(load.sources.get(id) ?? 0) : [] }));
}

async function countItems(client: pg.Client): Promise<{ stored: number; doubled: number }> {
  const { rows } = await client.query<{ stored: number; doubled: number }>(
    "select count(*)::int as stored, (count(*) - count(distinct (source_id, key)))::int as doubled from item",
  );
  return rows[0] ?? { stored: 0, doubled: 0 };
}

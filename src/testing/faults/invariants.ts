import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { withClient } from "@/db/connect";
import type { Expectations, InvariantRule, ScheduleSegment, Violation } from "./expectations";
import { readSchedules, readSlotRows, type SlotRow, type StoredSchedule } from "./ledger-facts";
import { judgeNextSlot, judgeRow } from "./row-rules";
import { accountSlots } from "./slot-accounts";
import { checkStoredRules } from "./stored-rules";

/**
 * Looks in the database for anything that breaks what Milkrun promises, whatever was done to it before. All of it is read in one
 * snapshot, so that it may be called under load, with `activeForMs` set. Call it before runs are pruned: it wants the whole ledger.
 * @param connection As a superuser, who sees every organization and every lock.
 * @returns Nothing when all is well.
 */
export async function checkInvariants(connection: pg.ClientConfig, expectations: Expectations = {}): Promise<Violation[]> {
  return withClient(connection, async (client) => {
    await client.query("begin isolation level repeatable read read only");
    const [schedules, rows] = [await readSchedules(client), await readSlotRows(client)];
    const stored = await checkStoredRules(client, expectations);
    await client.query("commit");
    return [...judgeSchedules(expectations.schedules ?? [], schedules, rows), ...stored];
  });
}

/** A worker lets go of the queue's entry, and a dead process's connection of its lock, a moment after the run has ended. */
const LET_GO_WITHIN_MS = 10_000;
const LOOK_AGAIN_MS = 100;
const LET_GO_RULES: readonly InvariantRule[] = ["job-left", "lock-left"];

/** As `checkInvariants`, for the end of a load: what is let go of late is waited for, up to 10 seconds. */
export async function checkInvariantsAtRest(connection: pg.ClientConfig, expectations: Expectations = {}): Promise<Violation[]> {
  const deadline = performance.now() + LET_GO_WITHIN_MS;
  for (;;) {
    const violations = await checkInvariants(connection, expectations);
    const mayPass = violations.length > 0 && violations.every(({ rule }) => LET_GO_RULES.includes(rule));
    if (!mayPass || performance.now() > deadline) return violations;
    await sleep(LOOK_AGAIN_MS);
  }
}

function judgeSchedules(segments: readonly ScheduleSegment[], schedules: readonly StoredSchedule[], rows: readonly SlotRow[]): Violation[] {
  const rowsOf = groupBy(rows, (row) => row.scheduleId);
  const storedOf = new Map(schedules.map((schedule) => [schedule.id, schedule]));
  const slots = [...groupBy(segments, (segment) => segment.scheduleId)].flatMap(([id, own]) =>
    accountSlots(own, rowsOf.get(id) ?? [], storedOf.get(id)?.lowerBoundAt ?? null),
  );
  const judged = schedules.flatMap((schedule) => [...judgeNextSlot(schedule), ...(rowsOf.get(schedule.id) ?? []).flatMap((row) => judgeRow(row, schedule))]);
  return [...slots, ...judged];
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}

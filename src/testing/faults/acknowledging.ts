import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import pino from "pino";
import { createDatabase } from "@/db/client";
import { startRun } from "@/db/runs";
import { saveSchedule } from "@/db/schedules";
import type { Tx } from "@/db/transaction";
import { answerCommands, tell } from "./child-channel";

const LIMIT_MS = 60_000;
/** Long enough to be killed in. */
const EARLY_MS = 200;

export interface AcknowledgingOptions {
  connection: pg.ClientConfig;
  organizations: { orgId: string; userId: string; presetId: string }[];
  /** For the control: says that it is done before it is. */
  early: boolean;
}

export type AcknowledgingEvent = { event: "schedule"; orgId: string; version: number; cronExpression: string } | { event: "run"; orgId: string; runId: string };

/** Changes one organization after the other for ever, as the API does it, and acknowledges each change. */
export async function acknowledgeChanges({ connection, organizations, early }: AcknowledgingOptions): Promise<void> {
  const db = createDatabase(connection, { poolSize: 2, log: pino({ level: "silent" }) });
  answerCommands(() => {});

  async function change<T>(orgId: string, work: (tx: Tx) => Promise<T>, toEvent: (result: T) => AcknowledgingEvent) {
    const result = await db.withTenant(orgId, async (tx) => {
      const done = await work(tx);
      if (early) {
        tell(toEvent(done));
        await sleep(EARLY_MS);
      }
      return done;
    });
    if (!early) tell(toEvent(result));
  }

  for (let round = 0; ; round++) {
    for (const { orgId, userId, presetId } of organizations) {
      const update = { cronExpression: `${round % 60} * * * *`, timeZone: "UTC", presetId, enabled: true };
      const now = await db.now();
      await change(
        orgId,
        (tx) => saveSchedule(tx, orgId, update, { actorId: userId, now }),
        ({ schedule }) => ({ event: "schedule", orgId, version: schedule.version, cronExpression: schedule.cronExpression }),
      );
      if (round > 0) continue;
      const request = { presetId, actorId: userId, limitMs: LIMIT_MS, trigger: "person" as const, requestKey: randomUUID() };
      await change(
        orgId,
        (tx) => startRun(tx, orgId, request),
        ({ runId }) => ({ event: "run", orgId, runId }),
      );
    }
  }
}

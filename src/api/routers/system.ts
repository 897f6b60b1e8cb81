import { z } from "zod";
import { listIncidents } from "@/db/incidents";
import { readSlotRecord } from "@/db/lateness";
import { listDueInstants, readCollectingFacts } from "@/db/system-facts";
import { systemClock } from "@/domain/clock";
import { incidentSchema } from "@/domain/incident";
import { may } from "@/domain/roles";
import { collectDiagnostics, diagnosticsSchema } from "../diagnostics";
import { authorized, inTransaction, router, signedInProcedure } from "../init";
import { readSystemStatus, readSystemWork, withoutNames } from "../system-status";

const instanceSchema = z.object({
  instanceId: z.uuid(),
  /** Null, as the next, to whoever may not look into the installation. */
  host: z.string().nullable(),
  pid: z.int().nullable(),
  /** Another version of Milkrun may know others than this one. */
  roles: z.array(z.string()),
  startedAt: z.date(),
  lastSeenAt: z.date(),
  clockSkewMs: z.int(),
  armedWakeUps: z.int(),
  nextWakeUpAt: z.date().nullable(),
  activeRuns: z.int(),
  /** Why it takes no runs at the moment. */
  holdReason: z.string().nullable(),
  /** Of the database, where the process can see it. */
  disk: z.object({ freeBytes: z.number(), totalBytes: z.number() }).nullable(),
  version: z.string(),
  alive: z.boolean(),
});

const systemStatusSchema = z.object({
  serverTime: z.date(),
  databaseTime: z.date(),
  /** The server's clock minus the database's. */
  clockSkewMs: z.int(),
  version: z.string(),
  postgresVersion: z.string(),
  databaseBytes: z.int(),
  /** Items that a search may miss for now: their words are yet to be put into its index. */
  unindexedItems: z.int(),
  instances: z.array(instanceSchema),
  schedulerLastSeenAt: z.date().nullable(),
  /** The youngest heartbeat of a process that dispatches slots is younger than 90 s. */
  schedulerAlive: z.boolean(),
  workerAlive: z.boolean(),
  /** Why no worker takes runs, where none of those that are alive does. */
  holdReason: z.string().nullable(),
  queuedRuns: z.int(),
  runningRuns: z.int(),
  longestWaitMs: z.number().nullable(),
  timeZoneData: z.string(),
  slotsTimeZoneData: z.string().nullable(),
  /** A mail server is set up. */
  sendsMail: z.boolean(),
  /** Runs that ended more days ago are deleted, and all but the newest `count` of each organization. */
  runRetention: z.object({ days: z.int(), count: z.int() }),
});

const heldRunSchema = z.object({
  /** Null: a run of another organization. */
  run: z.object({ id: z.uuid(), number: z.int() }).nullable(),
  instanceId: z.uuid(),
  startedAt: z.date(),
  sourceCount: z.int(),
  doneSourceCount: z.int(),
});

const dueInstantSchema = z.object({ at: z.date(), schedules: z.int() });

const collectingSchema = z.object({
  lastSuccessAt: z.date().nullable(),
  lastFailureAt: z.date().nullable(),
  succeeding: z.int(),
  failing: z.int(),
});

const slotRecordSchema = z.object({
  since: z.date(),
  lateness: z.object({ p50Ms: z.int(), p95Ms: z.int(), maxMs: z.int(), includesSpread: z.boolean() }).nullable(),
  hours: z.array(z.object({ startsAt: z.date(), onTime: z.int(), late: z.int(), skipped: z.int(), missed: z.int(), superseded: z.int() })),
});

export const systemRouter = router({
  status: signedInProcedure
    .use(authorized("system.read"))
    .output(systemStatusSchema)
    .query(async ({ ctx: { db, settings, mailer, member } }) => {
      const { version, runRetention } = settings;
      const { instances, ...status } = await readSystemStatus(db, { clock: systemClock, version });
      return { ...status, instances: may(member.role, "system.inspect") ? instances : withoutNames(instances), runRetention, sendsMail: mailer !== null };
    }),

  /** Of this organization alone: how many sources others have, and how they do, is nobody else's business. */
  collecting: signedInProcedure
    .use(inTransaction("system.read"))
    .output(collectingSchema)
    .query(({ ctx: { tx, orgId } }) => readCollectingFacts(tx, orgId)),

  work: signedInProcedure
    .use(authorized("system.inspect"))
    .output(z.object({ heldRuns: z.array(heldRunSchema) }))
    .query(({ ctx }) => readSystemWork(ctx.db, ctx.session.organizationId)),

  incidents: signedInProcedure
    .use(authorized("system.inspect"))
    .output(z.array(incidentSchema))
    .query(({ ctx }) => ctx.db.withSystem(listIncidents)),

  dueInstants: signedInProcedure
    .use(authorized("system.dueTimes"))
    .output(z.array(dueInstantSchema))
    .query(({ ctx }) => ctx.db.withSystem(listDueInstants)),

  diagnostics: signedInProcedure
    .use(authorized("system.inspect"))
    .output(diagnosticsSchema)
    .query(({ ctx: { db, settings, mailer } }) => collectDiagnostics(db, { clock: systemClock, settings, hasMailer: mailer !== null })),

  slotRecord: signedInProcedure
    .use(authorized("system.read"))
    .output(slotRecordSchema)
    .query(({ ctx }) => ctx.db.withSystem(readSlotRecord)),
});

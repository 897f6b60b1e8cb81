import { z } from "zod";
import { systemClock } from "@/domain/clock";
import { authorized, router, signedInProcedure } from "../init";
import { readSystemStatus } from "../system-status";

const instanceSchema = z.object({
  instanceId: z.uuid(),
  host: z.string(),
  pid: z.int(),
  startedAt: z.date(),
  lastSeenAt: z.date(),
  clockSkewMs: z.int(),
  armedWakeUps: z.int(),
  nextWakeUpAt: z.date().nullable(),
  activeRuns: z.int(),
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
  instances: z.array(instanceSchema),
  schedulerLastSeenAt: z.date().nullable(),
  /** The youngest heartbeat is younger than 90 s. */
  schedulerAlive: z.boolean(),
  queuedRuns: z.int(),
  runningRuns: z.int(),
  timeZoneData: z.string(),
});

export const systemRouter = router({
  status: signedInProcedure
    .use(authorized("system.read"))
    .output(systemStatusSchema)
    .query(({ ctx }) => readSystemStatus(ctx.db, { clock: systemClock, version: ctx.settings.version })),
});

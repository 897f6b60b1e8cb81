import { EventEmitter } from "node:events";
import { Logger, parseCronItems, run } from "graphile-worker";
import pg from "pg";
import { z } from "zod";
import { bePeer, createRecorder, scheduleOf } from "./peer";

const CONCURRENCY = 10;
const payloadSchema = z.object({ id: z.number(), _cron: z.object({ ts: z.coerce.date() }) });

/** Its crontab: five fields, in UTC only, read at start. */
await bePeer(async (specification) => {
  const record = createRecorder(specification.connection);
  const parsedCronItems = parseCronItems(
    Array.from({ length: specification.schedules }, (_, id) => ({
      task: "fire",
      match: scheduleOf(specification, id).expression.replace(/^\S+ /, ""),
      identifier: `s${id}`,
      payload: { id },
      options: { maxAttempts: 3 },
    })),
  );
  const events = new EventEmitter();
  const started = new Promise((resolve) => events.once("cron:started", resolve));
  await run({
    pgPool: new pg.Pool({ ...specification.connection, max: CONCURRENCY + 2 }),
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
    events,
    parsedCronItems,
    taskList: {
      async fire(payload) {
        const { id, _cron } = payloadSchema.parse(payload);
        await record(id, _cron.ts.getTime());
      },
    },
  });
  await started;
});

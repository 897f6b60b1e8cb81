import type { Task } from "graphile-worker";
import type pg from "pg";
import { z } from "zod";
import { type FailedJudgement, judgeEvents } from "@/db/judge-events";
import { JUDGE_EVENTS, type QUEUED_WORK, SEND_MESSAGES, TEST_DRAFT } from "@/db/queue";
import { createQueuePool } from "./queue-pool";
import { createQueueRunner } from "./queue-runner";
import { type SendDeps, sendMessages } from "./send-messages";
import { testDraft } from "./test-draft";
import { transact } from "./transact";
import { createSchedulerWatch } from "./watch-scheduler";

/** Channels that are written to at the same time. Each is one receiver, and each attempt takes 15 s at most. */
const CHANNELS_AT_ONCE = 10;
/** Of the queue: one to look for work, one to be told of it, one to end a piece of it. The work itself has its own. */
const CONNECTIONS = 3;

/** How often a worker looks whether a scheduler is there. */
const WATCH_MS = 30_000;

export interface MessageRunner {
  start(): Promise<void>;
  /** Takes no more work; the attempts that are going are broken off and made again by whoever comes next. */
  stop(): Promise<void>;
}

interface MessageRunnerOptions extends SendDeps {
  connection: pg.ClientConfig;
  mayTake(): boolean;
}

export type MessageWork = Extract<(typeof QUEUED_WORK)[number], "judge_events" | "send_messages" | "test_draft">;

const describeFailure = ({ ruleId }: Pick<FailedJudgement, "ruleId">) =>
  ruleId === null ? "rules could not be held against an event, which is tried again" : "a rule could not be held against an event, which it is silent about";

const eventsPayload = z.object({ orgId: z.uuid() });
const channelPayload = z.object({ channelId: z.uuid() });
const testPayload = z.object({ testId: z.uuid() });

/** Holds rules against what happened and sends what they say. Beside the runs and not in their queue: neither waits for the other. */
export function createMessageRunner(options: MessageRunnerOptions): MessageRunner {
  const { connection, log, mayTake } = options;
  const shutdown = new AbortController();
  const pool = createQueuePool(connection, CONNECTIONS, log);
  const runner = createQueueRunner({
    pool,
    log,
    concurrency: CHANNELS_AT_ONCE,
    mayTake,
    taskList: {
      [JUDGE_EVENTS]: async (payload) => {
        const { orgId } = eventsPayload.parse(payload);
        const { failures } = await transact(options, (tx) => judgeEvents(tx, orgId));
        for (const { reason, ...about } of failures) log.error({ err: reason, orgId, ...about }, describeFailure(about));
      },
      [SEND_MESSAGES]: (payload) => sendMessages(options, channelPayload.parse(payload).channelId, shutdown.signal),
      [TEST_DRAFT]: (payload) => testDraft(options, testPayload.parse(payload).testId, shutdown.signal),
    } satisfies Record<MessageWork, Task>,
  });
  const watch = createSchedulerWatch(options);
  const look = () => void watch().catch((error: Error) => log.warn({ reason: error.message }, "looking for a scheduler failed, it will be tried again"));
  let timer: NodeJS.Timeout | undefined;
  return {
    async start() {
      await runner.start();
      timer = setInterval(look, WATCH_MS);
    },
    async stop() {
      clearInterval(timer);
      shutdown.abort();
      await runner.stop();
      await pool.end();
    },
  };
}

import pg from "pg";
import type { DatabaseLog, SqlTx, Tx } from "./transaction";

/** What one process tells the others. A notification is a hint to look again: losing one costs time, never a slot. */
const CHANNELS = [
  "schedule",
  "run",
  "source_test",
  // With the id of a session that ended. The table tells it itself (a trigger), as sign-in ends sessions too.
  "session",
] as const;
export type Channel = (typeof CHANNELS)[number];

export interface RunNotice {
  orgId: string;
  runId: string;
}

/** Some schedule changed: every scheduler arms its new instant. Delivered when the transaction commits. */
export async function notifySchedules(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_notify('milkrun_schedule', '')`;
}

/** Something about this run changed. Delivered when the transaction commits. */
export async function notifyRun(tx: SqlTx, orgId: string, runId: string): Promise<void> {
  const notice: RunNotice = { orgId, runId };
  await tx.$executeRaw`select pg_notify('milkrun_run', ${JSON.stringify(notice)})`;
}

/** A source test has its result. */
export async function notifySourceTest(tx: Tx, testId: string): Promise<void> {
  await tx.$executeRaw`select pg_notify('milkrun_source_test', ${testId})`;
}

export interface Listener {
  /** Resolves when notifications arrive; from then on the connection is remade whenever it breaks. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Calls the handler with each payload until the returned function is called. */
  subscribe(channel: Channel, handler: (payload: string) => void): () => void;
  /** Calls the handler after a break, during which notifications were lost: look again at what they told about. */
  onReconnect(handler: () => void): () => void;
}

const RECONNECT_MS = [100, 500, 1_000, 2_000, 5_000];

/** One connection that listens on all channels. */
export function createListener(connection: pg.ClientConfig, log: DatabaseLog): Listener {
  const handlers = new Map<Channel, Set<(payload: string) => void>>(CHANNELS.map((channel) => [channel, new Set()]));
  const reconnectHandlers = new Set<() => void>();
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let failures = 0;
  let stopped = true;

  async function connect() {
    const next = new pg.Client({ ...connection, keepAlive: true });
    next.on("error", (error) => broke(next, error));
    next.on("end", () => broke(next, new Error("the connection ended")));
    next.on("notification", ({ channel, payload }) => {
      for (const handler of handlers.get(channel.replace("milkrun_", "") as Channel) ?? []) handler(payload ?? "");
    });
    client = next;
    await next.connect();
    for (const channel of CHANNELS) await next.query(`listen milkrun_${channel}`);
    failures = 0;
  }

  function broke(which: pg.Client, error: Error) {
    if (stopped || which !== client) return;
    client = undefined;
    which.end().catch(() => {});
    log.warn({ reason: error.message }, "notifications are interrupted, connecting again");
    scheduleReconnect();
  }

  function scheduleReconnect() {
    if (stopped) return;
    const delay = RECONNECT_MS[Math.min(failures++, RECONNECT_MS.length - 1)];
    clearTimeout(retry);
    retry = setTimeout(() => {
      connect().then(
        () => {
          for (const handler of reconnectHandlers) handler();
        },
        (error: Error) => client && broke(client, error),
      );
    }, delay);
  }

  return {
    async start() {
      stopped = false;
      await connect();
    },
    async stop() {
      stopped = true;
      clearTimeout(retry);
      const ending = client;
      client = undefined;
      await ending?.end().catch(() => {});
    },
    subscribe(channel, handler) {
      handlers.get(channel)?.add(handler);
      return () => handlers.get(channel)?.delete(handler);
    },
    onReconnect(handler) {
      reconnectHandlers.add(handler);
      return () => reconnectHandlers.delete(handler);
    },
  };
}

import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "@/log/logger";
import type { Layout } from "./embedded-layout";
import { type InstanceLock, takeInstanceLock } from "./embedded-lock";
import { findPostmaster, startPostmaster } from "./embedded-postmaster";
import { endsAfter } from "./embedded-process";

/** Waits before each further attempt to start the server; the last one repeats. The first lets what is left of it end. */
const RESTART_DELAYS_MS = [200, 1_000, 5_000, 15_000];
/** A server that ran for this long before it died is no server that dies at once. */
const STEADY_MS = 60_000;
/** How often a server that runs and does not let us in yet is asked again. */
const ASK_AGAIN_MS = 300;
/** How long a server that is ready may take to let the first one in. */
const ANSWERS_WITHIN_MS = 60_000;
/** How often it is looked whether somebody told the server to end. */
const LOOK_MS = 2_000;
/** Longer than a Milkrun takes to end that was told to together with its server, as systemd does: until then it works with the connections that it has. */
const ENDS_WITHIN_MS = 45_000;

export interface ClusterWatch {
  /** Watches no more. True when the server is ours to stop: no other Milkrun has taken it over meanwhile. */
  end(): Promise<boolean>;
}

interface ClusterWatchOptions {
  layout: Layout;
  /** As the owner. */
  connection: pg.ClientConfig;
  fast: boolean;
  /** Whether a server that dies is started again. */
  restart: boolean;
  /** How long a server that somebody else told to end may wait for its sessions. */
  endsWithinMs?: number | undefined;
  log: Logger;
}

/**
 * Makes this process the only Milkrun on its cluster and keeps the server running: the lock's connection ends when the server dies,
 * whoever started it, and a dead one is started again, as is one that somebody else tells to end. A server that only restarts its sessions after a crash is waited for.
 * Then the lock is taken again. Should another Milkrun have been faster, both work on the one database, which they may.
 * @returns null when another Milkrun runs on the cluster.
 */
export async function watchCluster(options: ClusterWatchOptions): Promise<ClusterWatch | null> {
  const { layout, connection, log } = options;
  const ending = new AbortController();
  let recovery: Promise<void> = Promise.resolve();
  let failures = 0;
  let runsSince = performance.now();
  let lock = await takeFirstLock(connection, onLost);
  if (!lock) return null;
  const looking = options.restart ? endWhereStopping(options) : undefined;

  function onLost() {
    lock = null;
    if (performance.now() - runsSince > STEADY_MS) failures = 0;
    if (!ending.signal.aborted) recovery = recover().catch(() => {});
  }

  async function recover(): Promise<void> {
    log.warn("the embedded PostgreSQL closed its connections");
    while (!lock) {
      const running = findPostmaster(layout.clusterDir) !== null;
      if (!running && options.restart) await startAgain();
      else await sleep(ASK_AGAIN_MS, undefined, { signal: ending.signal });
      lock = await takeInstanceLock(connection, onLost).catch(() => null);
    }
    runsSince = performance.now();
    log.info("the embedded PostgreSQL answers again");
  }

  async function startAgain(): Promise<void> {
    const delayMs = RESTART_DELAYS_MS[Math.min(failures++, RESTART_DELAYS_MS.length - 1)] ?? 0;
    log.error({ delayMs, attempt: failures }, "the embedded PostgreSQL has ended although nobody here stopped it; it is started again");
    await sleep(delayMs, undefined, { signal: ending.signal });
    try {
      const { pid } = await startPostmaster(layout, options.fast, ending.signal);
      log.warn({ postgresPid: pid }, "the embedded PostgreSQL was started again");
    } catch (error) {
      ending.signal.throwIfAborted();
      log.error({ reason: (error as Error).message }, "the embedded PostgreSQL could not be started");
    }
  }

  return {
    async end() {
      ending.abort();
      clearInterval(looking);
      await recovery;
      const last: InstanceLock | null = lock ?? (await takeInstanceLock(connection, () => {}).catch(() => NO_LOCK));
      await last?.release();
      return last !== null;
    },
  };
}

/** The server has said that it is ready: that it did not answer in time says of a start on a busy machine only that this process stood still. */
async function takeFirstLock(connection: pg.ClientConfig, onLost: () => void): Promise<InstanceLock | null> {
  for (const deadline = performance.now() + ANSWERS_WITHIN_MS; ; await sleep(ASK_AGAIN_MS)) {
    try {
      return await takeInstanceLock(connection, onLost);
    } catch (error) {
      if (error instanceof pg.DatabaseError || performance.now() > deadline) throw error;
    }
  }
}

/** Looks from time to time whether somebody told the server to end: it then lets nobody in any more and waits for its sessions, also for ours, which do not end. */
function endWhereStopping({ layout, log, endsWithinMs = ENDS_WITHIN_MS }: ClusterWatchOptions): NodeJS.Timeout {
  let stoppingSince: number | null = null;
  return setInterval(() => {
    const running = findPostmaster(layout.clusterDir);
    const nowMs = performance.now();
    stoppingSince = running?.stopping ? (stoppingSince ?? nowMs) : null;
    if (!running || stoppingSince === null || nowMs - stoppingSince < endsWithinMs) return;
    log.warn("somebody told the embedded PostgreSQL to end; its sessions are ended, too");
    stoppingSince = nowMs;
    // It may have ended just now; where it has not, it is told again.
    endsAfter(running.pid, "SIGINT", 0).catch(() => {});
  }, LOOK_MS);
}

/** Stands for the lock of a server that does not answer: nobody else can hold it either. */
const NO_LOCK: InstanceLock = { release: () => Promise.resolve() };

import { createCollectorRuntime } from "@/collectors/collect";
import { createMessagePoster } from "@/collectors/post-message";
import type { Gauges } from "@/scheduler/heartbeat";
import { readDiskSpace } from "@/worker/disk-space";
import { createHostGate } from "@/worker/host-gate";
import { createRobotsStore } from "@/worker/robots-store";
import { createWorker } from "@/worker/worker";
import { createWordWriter } from "@/worker/write-words";
import type { OpenProcess } from "./open-process";
import { collectorOptions, createMailer } from "./server-options";

/**
 * The worker's part of a process: queued runs are taken from now on. Returns what it shows of itself.
 * @param findExhaustion What the process is short of; while it is, it takes no more runs.
 */
export async function startWork(opened: OpenProcess, findExhaustion: () => string | null): Promise<() => Pick<Gauges, "activeRuns" | "holdReason" | "disk">> {
  const { db, log, connection, clusterDir, instanceId, env, metrics, life } = opened;
  const manners = { gate: createHostGate({ db, log, spacingMs: env.FETCH_SPACING_MS }), robots: createRobotsStore({ db, log }) };
  const collectors = createCollectorRuntime({ ...collectorOptions(env), manners });
  life.onExit(() => collectors.close());
  const poster = createMessagePoster(collectorOptions(env));
  life.onExit(() => poster.close());
  const worker = createWorker({
    ...{ db, log, connection, instanceId, collectors, observe: metrics.worker },
    messages: { senders: { post: poster.postMessage, mailer: createMailer(env) }, baseUrl: env.BASE_URL },
    concurrency: env.WORKER_CONCURRENCY,
    findExhaustion,
    readSpace: clusterDir === null ? undefined : () => readDiskSpace(clusterDir),
  });
  life.onExit(() => worker.stop());
  metrics.watchCollecting(worker.collecting);
  await worker.start();
  const wordWriter = createWordWriter({ db, log });
  life.onExit(() => wordWriter.stop());
  wordWriter.start();
  return () => ({ activeRuns: worker.activeRuns(), holdReason: worker.holdReason(), disk: worker.diskSpace() });
}

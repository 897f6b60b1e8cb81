import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Database } from "@/db/client";
import type { Clock } from "@/domain/clock";
import type { TurnsUse } from "@/domain/fair-turns";
import type { Logger } from "@/log/logger";
import type { SchedulerObserver } from "@/scheduler/observer";
import type { WorkerObserver } from "@/worker/observer";
import { type MetricsRequest, mayReadMetrics } from "./access";
import { registerEventLoopDelay } from "./event-loop-delay";
import { registerQueue } from "./queue-metrics";
import { createRunCounter, createWorkMetrics, registerCollecting } from "./run-metrics";
import { createSlotMetrics } from "./slot-metrics";

interface MetricsOptions {
  db: Pick<Database, "withSystem">;
  log: Pick<Logger, "error">;
  version: string;
  /** What this process does. */
  roles: readonly string[];
  /** Who sends it may read; without one only this machine may. */
  token: string | undefined;
  clock: Pick<Clock, "monotonicMs">;
}

/** As much of Node's response as is needed. */
export interface MetricsResponse {
  writeHead(status: number, headers: Record<string, string>): unknown;
  end(body: string): unknown;
}

/** The numbers of one process, for Prometheus. */
export interface Metrics {
  scheduler: SchedulerObserver;
  worker: WorkerObserver;
  /** Shows from now on how much a worker is collecting. */
  watchCollecting(read: () => TurnsUse): void;
  /** Answers GET /metrics, or refuses in a sentence. */
  handle(request: MetricsRequest & { method?: string | undefined }, response: MetricsResponse): void;
  /** Stops measuring. */
  close(): void;
}

const REFUSED = "Metrics are for this machine only. To read them from elsewhere or through a proxy, set METRICS_TOKEN and send it as a bearer token.";
const WRONG_TOKEN = "Metrics need the METRICS_TOKEN of this installation, as a bearer token.";

/** Makes a registry of its own; nothing is global, so that several can live in one process. */
export function createMetrics({ db, log, version, roles, token, clock }: MetricsOptions): Metrics {
  const registry = new Registry();
  registerProcess(registry);
  registerBuild(registry, version, roles);
  registerQueue(registry, db, () => clock.monotonicMs());
  const stopWatching = registerEventLoopDelay(registry);
  const runs = createRunCounter(registry);

  async function answer(response: MetricsResponse) {
    try {
      send(response, 200, await registry.metrics(), registry.contentType);
    } catch (error) {
      log.error({ err: error }, "the metrics could not be written");
      send(response, 500, "The metrics could not be read. The log has the details.\n");
    }
  }

  return {
    scheduler: createSlotMetrics(registry, runs),
    worker: createWorkMetrics(registry, runs),
    watchCollecting: (read) => registerCollecting(registry, read),
    handle(request, response) {
      if (!mayReadMetrics(request, token)) return send(response, 403, `${token === undefined ? REFUSED : WRONG_TOKEN}\n`);
      if (request.method !== "GET" && request.method !== "HEAD") return send(response, 405, "Metrics can only be read.\n");
      void answer(response);
    },
    close() {
      stopWatching();
      registry.clear();
    },
  };
}

function send(response: MetricsResponse, status: number, body: string, contentType = "text/plain; charset=utf-8"): void {
  response.writeHead(status, { "content-type": contentType, "cache-control": "no-store", "x-content-type-options": "nosniff" });
  response.end(body);
}

/** prom-client's own watch of the event loop wakes the process a hundred times a second and can't be left out: it is made to sleep. */
const NEVER_MS = 2 ** 31 - 1;

function registerProcess(registry: Registry): void {
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: NEVER_MS });
  for (const { name } of registry.getMetricsAsArray()) if (name.startsWith("nodejs_eventloop_lag")) registry.removeSingleMetric(name);
}

function registerBuild(registry: Registry, version: string, roles: readonly string[]): void {
  const build = new Gauge({
    name: "milkrun_build_info",
    help: "1; its labels say which Milkrun this is and what the process does.",
    labelNames: ["version", "roles"],
    registers: [registry],
  });
  build.set({ version, roles: roles.join(",") }, 1);
}

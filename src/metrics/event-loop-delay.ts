import { monitorEventLoopDelay } from "node:perf_hooks";
import { Gauge, type Registry } from "prom-client";

/** Each look wakes the process: ten a second cost it a tenth of a percent of a core, a hundred nearly one percent. */
const RESOLUTION_MS = 100;
const NS_PER_S = 1e9;
/** Prometheus keeps the label `quantile` for what it calls a summary. */
const PERCENTILES = [50, 99, 100];

/** Watches how late timers fire. Returns how to stop it. */
export function registerEventLoopDelay(registry: Registry): () => void {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  new Gauge({
    name: "milkrun_event_loop_delay_seconds",
    help: "How late timers fired since the last time this was read, by percentile; 100 is the longest.",
    labelNames: ["percentile"],
    registers: [registry],
    collect() {
      // What is measured is the time from one look to the next.
      for (const percentile of PERCENTILES) this.set({ percentile }, Math.max(0, delays.percentile(percentile) / NS_PER_S - RESOLUTION_MS / 1000));
      delays.reset();
    },
  });
  return () => delays.disable();
}

import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/api/root";

type Outputs = inferRouterOutputs<AppRouter>["system"];

/** What the server says about itself. */
export type SystemStatus = Outputs["status"];
export type SystemInstance = SystemStatus["instances"][number];

/** What the workers do now. */
export type SystemWork = Outputs["work"];
/** When the next slots are due. */
export type DueInstants = Outputs["dueInstants"];
/** How collecting the organization's sources from the web has gone lately. */
export type Collecting = Outputs["collecting"];
export type Incidents = Outputs["incidents"];

/** What became of the slots of the last 24 hours. */
export type SlotRecord = Outputs["slotRecord"];
export type SlotHour = SlotRecord["hours"][number];

/** The processes that are alive and do this. */
export function aliveInstances(instances: readonly SystemInstance[], role: "scheduler" | "worker"): SystemInstance[] {
  return instances.filter((instance) => instance.alive && instance.roles.includes(role));
}

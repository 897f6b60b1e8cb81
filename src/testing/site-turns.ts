import type { HostGate, HostPass } from "@/collectors/host-gate";
import { tellMannersErrors } from "@/collectors/manners-error";
import { createVisit } from "@/collectors/visit";
import type { Database } from "@/db/client";
import type { SourceCollector } from "@/worker/collect-source";
import { createHostGate } from "@/worker/host-gate";
import { noManners } from "./manners";
import { silentLog } from "./silent-log";

/** The same collector, whose sources wait for their turn at the gate. */
export function takingTurns<C extends SourceCollector>(collector: C, gate: HostGate): C {
  const manners = tellMannersErrors({ ...noManners, gate });
  return {
    ...collector,
    async approach({ url }, visitor) {
      const visit = createVisit(manners.gate, false, visitor);
      await visit.hold(new URL(url));
      return visit;
    },
  };
}

/** The gate of the database, without a pause between two requests to a host. */
export function quickGate(db: Database): HostGate {
  return createHostGate({ db, log: silentLog, spacingMs: 0 });
}

/** Somebody else's turn at a host, for which everybody waits until it is left. */
export async function holdHost(db: Database, host: string): Promise<HostPass> {
  const pass = await quickGate(db).enter(host, { group: "somebody else", signal: new AbortController().signal, stepOut: (wait) => wait() });
  if (!pass) throw new Error("There was no turn.");
  return pass;
}

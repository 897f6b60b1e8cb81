import type { Visitor } from "@/collectors/host-gate";
import { createFairTurns, type FairTurns } from "@/domain/fair-turns";

/** Lets one visitor at a time of each host through, within this process. */
export interface HostLanes {
  /** Waits for the turn and gives the function that ends it; null when the visitor's signal fires first. */
  take(host: string, visitor: Visitor): Promise<(() => void) | null>;
}

/** Keeps the many who wait here from all asking the database, and their groups taking turns. */
export function createHostLanes(): HostLanes {
  const lanes = new Map<string, { turns: FairTurns; users: number }>();

  return {
    async take(host, { group, signal, stepOut }) {
      const lane = lanes.get(host) ?? { turns: createFairTurns(1), users: 0 };
      lanes.set(host, lane);
      lane.users += 1;
      const leave = lane.turns.takeFree(group) ?? (await stepOut(() => lane.turns.take(group, signal)));
      const end = () => {
        leave?.();
        lane.users -= 1;
        if (lane.users === 0) lanes.delete(host);
      };
      if (leave) return end;
      end();
      return null;
    },
  };
}

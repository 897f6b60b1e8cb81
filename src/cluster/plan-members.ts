import { ownAddress } from "@/config/env";
import type { Role } from "@/config/settings";
import type { ClusterSize } from "./arguments";

/** One process of a cluster. */
export interface Member {
  /** For instance `web-1`. */
  name: string;
  roles: readonly Role[];
  port: number;
  /** What it is told besides the settings that it shares with the others. */
  variables: Readonly<Record<string, string>>;
}

interface ClusterSettings extends ClusterSize {
  /** The first process listens there, the others on the ports after it. */
  port: number;
  /** The address that all of them listen on. */
  host: string;
  /** The address that people type, where one is set: a proxy's, in front of all web processes. */
  baseUrl: string | undefined;
}

/** What runs in a cluster, in the order in which it is started. */
export function planMembers({ web, worker, port, host, baseUrl }: ClusterSettings): Member[] {
  const roles: Role[][] = [...repeat(web, ["web", "scheduler"]), ...repeat(worker, ["worker"])];
  return roles.map((own, index) => {
    const isWeb = own.includes("web");
    const ownPort = port + index;
    // Without a proxy each web process is opened by its own port. The workers are told of the first: it serves the samples.
    const address = baseUrl ?? ownAddress(host, isWeb ? ownPort : port);
    const name = isWeb ? `web-${index + 1}` : `worker-${index + 1 - web}`;
    return { name, roles: own, port: ownPort, variables: { MILKRUN_ROLES: own.join(","), PORT: String(ownPort), BASE_URL: address } };
  });
}

const repeat = (count: number, roles: Role[]): Role[][] => Array.from({ length: count }, () => roles);

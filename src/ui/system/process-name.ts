import type { SystemInstance } from "./system-readings";

/** What tells a process from the others: its machine and its number there. Both are told to whoever may look into the installation. */
export function processName({ host, pid }: Pick<SystemInstance, "host" | "pid">): string {
  return host === null || pid === null ? "A process" : `${host}, ${pid}`;
}

import { parseArgs } from "node:util";
import { StartError } from "@/config/start-error";

const MOST = 32;
const USAGE = "npm run cluster -- --web 2 --worker 3";

/** How many processes of each kind. */
export interface ClusterSize {
  /** Serve the pages and dispatch slots. */
  web: number;
  /** Work on runs. */
  worker: number;
}

/**
 * Reads what stands behind `npm run cluster --`; two of the first kind and three of the second when nothing does.
 * @throws StartError with one sentence on what cannot be used.
 */
export function parseClusterArguments(args: readonly string[]): ClusterSize {
  const { web, worker } = parseOptions(args);
  return { web: readCount("web", web), worker: readCount("worker", worker) };
}

function parseOptions(args: readonly string[]) {
  try {
    const options = { web: { type: "string", default: "2" }, worker: { type: "string", default: "3" } } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    throw new StartError(`These arguments cannot be used: ${args.join(" ")}. Write for instance: ${USAGE}`, { cause });
  }
}

function readCount(name: keyof ClusterSize, text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= MOST) return count;
  throw new StartError(`--${name} ${text} cannot be used: it must be a whole number from 1 to ${MOST}. Write for instance: ${USAGE}`);
}

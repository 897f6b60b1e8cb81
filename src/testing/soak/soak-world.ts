import path from "node:path";
import { planMembers } from "@/cluster/plan-members";
import { mulberry32, pickNumber } from "@/testing/faults/seed";
import type { LocalSite } from "@/testing/local-site";
import type { SoakOptions } from "./arguments";
import { type SoakDatabase, startSoakDatabase } from "./soak-database";
import { createLoad, type SoakLoad } from "./soak-load";
import { createSoakProcess, type SoakProcess } from "./soak-process";
import { startSoakSite } from "./soak-site";
import { findPortsInARow, waitUntil } from "./soak-steps";

const WEB = 2;
const WORKERS = 3;
const LONGEST_REST_MS = 3_000;
const STARTED_WITHIN_MS = 120_000;

/** Real processes of the real build, their database, the site that they collect and the schedules that they serve. */
export interface SoakWorld {
  database: SoakDatabase;
  processes: readonly SoakProcess[];
  load: SoakLoad;
  /** What processes did that nobody asked for, one sentence each. */
  troubles: readonly string[];
  stop(): Promise<void>;
}

/**
 * Starts all of it.
 * @param folder Of its own; everything is below it.
 * @param program The server's file.
 */
export async function startSoakWorld(folder: string, program: string, options: SoakOptions): Promise<SoakWorld> {
  const [site, database] = [await startSoakSite(mulberry32(options.seed + 1)), await startSoakDatabase(folder)];
  const troubles: string[] = [];
  const processes = await createProcesses({ folder, program, seed: options.seed, site, database, onTrouble: (sentence) => troubles.push(sentence) });

  async function stop(): Promise<void> {
    await Promise.all(processes.map((one) => one.stop()));
    await database.stop();
    await site.close();
  }

  try {
    for (const one of processes) one.start();
    if (!(await waitUntil(() => processes.every((one) => one.state() === "serving"), STARTED_WITHIN_MS))) throw new Error("The processes did not start.");
    const load = await database.withDatabase((db) => createLoad(db, site.origin, options.organizations));
    return { database, processes, load, troubles, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface ProcessesOptions {
  folder: string;
  program: string;
  seed: number;
  site: LocalSite;
  database: SoakDatabase;
  onTrouble(sentence: string): void;
}

async function createProcesses({ folder, program, seed, site, database, onTrouble }: ProcessesOptions): Promise<SoakProcess[]> {
  const random = mulberry32(seed + 2);
  const members = planMembers({ web: WEB, worker: WORKERS, port: await findPortsInARow(WEB + WORKERS), host: "127.0.0.1", baseUrl: undefined });
  // Nothing of the person's settings.
  const variables = {
    PATH: process.env.PATH,
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: database.address,
    MIGRATION_DATABASE_URL: "",
    DATABASE_POOL_SIZE: "5",
    MILKRUN_DATA_DIR: folder,
    MILKRUN_SECRET: "for this soak only, and nobody else's",
    LOG_LEVEL: "info",
    FETCH_ALLOW_CIDRS: "127.0.0.0/8",
    FETCH_ALLOW_PORTS: String(site.port),
  };
  const restartAfterMs = () => pickNumber(random, 0, LONGEST_REST_MS);
  return members.map((member) => createSoakProcess({ program, member, variables, logDir: path.join(folder, "logs"), restartAfterMs, onTrouble }));
}

import { spawnSync } from "node:child_process";
import path from "node:path";
import { type MeasuredProcess, startNode, startProcess } from "./measured-process";
import type { PeerSpecification } from "./peers/peer";

const HOUR_MS = 3_600_000;
/** Which Python has the packages differs from system to system. */
const PYTHONS = ["python3", "/usr/bin/python3"];

/** What one would use instead. */
export interface Peer {
  name: string;
  /** Knows neither zones nor seconds. */
  utcMinutesOnly: boolean;
  /** The most schedules that it is asked to hold: beyond it runs out of memory or takes minutes. */
  most: number;
  start(specification: Omit<PeerSpecification, "toleranceMs">): MeasuredProcess;
}

const node = (name: string, program: string, toleranceMs: number | null, limits: Partial<Peer> = {}): Peer => ({
  name,
  utcMinutesOnly: false,
  most: Number.POSITIVE_INFINITY,
  ...limits,
  start: (specification) => startNode(program, { ...specification, toleranceMs }),
});

export const NODE_CRON = node("node-cron", "node-cron", null);
export const NODE_CRON_TOLERANT = node("node-cron, tolerance 1 h", "node-cron", HOUR_MS);
export const CRONER = node("croner", "croner", null, { most: 20_000 });
export const GRAPHILE = node("graphile-worker crontab", "graphile-worker", null, { utcMinutesOnly: true });

/** APScheduler with an hour of grace, where Python has it and psycopg2; null elsewhere. */
export function findApscheduler(): Peer | null {
  const find = (python: string) => spawnSync(python, ["-c", "import sys, apscheduler, psycopg2; print(sys.executable)"], { encoding: "utf8" }).stdout?.trim();
  const python = PYTHONS.map(find).find(Boolean);
  if (!python) return null;
  const program = [python, path.resolve("bench/peers/aps.py")];
  const start = (specification: object) => startProcess(program, { ...specification, toleranceMs: HOUR_MS });
  return { name: "APScheduler, grace 1 h", utcMinutesOnly: false, most: Number.POSITIVE_INFINITY, start };
}

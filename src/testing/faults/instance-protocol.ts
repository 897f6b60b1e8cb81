import type pg from "pg";

/** Where a process stops working on a run for good, as if it had been killed there. */
export interface Hold {
  runId: string;
  /** Counts the statements on behalf of the run and its commits. 0: before it is taken. */
  mark: number;
}

/** What a process of a fault test is started with. */
export interface InstanceOptions {
  connection: pg.ClientConfig;
  roles: readonly ("scheduler" | "worker")[];
  /** Runs worked on at the same time. */
  concurrency?: number;
  /** Connections for the work; a held run keeps one for each of its sources. */
  poolSize?: number;
  /** How long running work may go on after SIGTERM, before it is handed back. */
  finishMs?: number;
  holds?: readonly Hold[];
  /** For a control: gives up at the first transaction that a broken connection ends. */
  impatient?: boolean;
}

/** What it tells. */
export type InstanceEvent =
  | { event: "ready"; instanceId: string }
  | { event: "collecting" | "collected"; url: string }
  | { event: "held"; runId: string }
  | { event: "blocked" }
  | { event: "report"; activeRuns: number; armedWakeUps: number; transactions: number };

/** What it can be told to do. */
export type InstanceCommand =
  /** Keeps the event loop busy, so that no timer and no answer gets through. */
  | { command: "block"; ms: number }
  /** Asks for a `report`. */
  | { command: "report" };

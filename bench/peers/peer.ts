import pg from "pg";
import { hear, say } from "../child";

/** One schedule as every peer gets it. */
export interface PeerSchedule {
  id: number;
  /** Six fields, seconds first. */
  expression: string;
  zone: string;
}

/** What a peer is asked to do. */
export interface PeerSpecification {
  connection: pg.ClientConfig;
  schedules: number;
  /** Dealt out in turn. */
  patterns: readonly { expression: string; zone: string }[];
  /** The slot that the schedules have; null: they are only armed. */
  dueAt: number | null;
  /** Milliseconds that a firing may come late; null: the peer's own default. */
  toleranceMs: number | null;
}

const CONNECTIONS = 10;

/**
 * The work of a firing, the same for every peer: one row, unique for schedule and slot. A second row for a slot is written down elsewhere.
 */
export function createRecorder(connection: pg.ClientConfig) {
  const pool = new pg.Pool({ ...connection, max: CONNECTIONS });
  return async (id: number, slotAt: number): Promise<void> => {
    const values = [id, new Date(slotAt), new Date()];
    const insert = { name: "insert", text: "insert into fired (schedule_id, slot_at, started_at) values ($1, $2, $3) on conflict do nothing", values };
    if ((await pool.query(insert)).rowCount === 1) return;
    await pool.query("insert into doubled (schedule_id, slot_at, started_at) values ($1, $2, $3)", values);
  };
}

/** Reads the specification, lets `register` arm every schedule, tells how long it took, and stays. */
export async function bePeer(register: (specification: PeerSpecification) => Promise<void> | void): Promise<void> {
  const specification = await hear<PeerSpecification>();
  globalThis.gc?.();
  say({ ready: true });
  await hear();
  const startedMs = performance.now();
  await register(specification);
  say({ armed: specification.schedules, tookMs: performance.now() - startedMs, at: Date.now() });
  await hear();
}

/** The nth schedule. */
export function scheduleOf({ patterns }: PeerSpecification, id: number): PeerSchedule {
  const pattern = patterns[id % patterns.length];
  if (!pattern) throw new Error("There is no pattern.");
  return { id, ...pattern };
}

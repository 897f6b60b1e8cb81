import type { Database } from "@/db/client";
import type { Hold } from "./instance-protocol";

/** Says how often a transaction of this run has come to a mark, and resolves when it may go on. */
export type Pass = (runId: string) => Promise<void>;

/** Counts the marks of the runs, and keeps each run's transactions waiting for ever from its hold on. */
export function createHolds(holds: readonly Hold[], onHeld: (runId: string) => void): { runIds: string[]; pass: Pass } {
  const marks = new Map(holds.map(({ runId, mark }) => [runId, { passed: 0, mark, held: false }]));
  async function pass(runId: string): Promise<void> {
    const state = marks.get(runId);
    if (!state) return;
    if (state.passed++ < state.mark) return;
    if (!state.held) onHeld(runId);
    state.held = true;
    await new Promise(() => {});
  }
  return { runIds: [...marks.keys()], pass };
}

/**
 * The database, with a mark before each statement and each commit of a transaction that has to do with one of the runs: it does
 * from the first statement on that names the run.
 */
export function watchTransactions(db: Database, runIds: readonly string[], pass: Pass): Database {
  const watched =
    <Transaction extends object>(begin: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>) =>
    <T>(work: (tx: Transaction) => Promise<T>) =>
      begin(async (tx) => {
        const concerned = new Set<string>();
        const passAll = async () => {
          for (const runId of concerned) await pass(runId);
        };
        const before = async (args: unknown[]) => {
          const said = JSON.stringify(args);
          for (const runId of runIds) if (said.includes(runId)) concerned.add(runId);
          await passAll();
        };
        const result = await work(watchCalls(tx, before));
        await passAll();
        return result;
      });
  return { ...db, withSystem: watched(db.withSystem), withSql: watched(db.withSql) };
}

/** A transaction whose calls, also those of its models, are announced before they are made. */
function watchCalls<T extends object>(target: T, before: (args: unknown[]) => Promise<void>): T {
  return new Proxy(target, {
    get(object, property) {
      const value: unknown = Reflect.get(object, property);
      if (typeof value === "function") {
        return async (...args: unknown[]) => {
          await before(args);
          return Reflect.apply(value, object, args);
        };
      }
      return typeof value === "object" && value !== null ? watchCalls(value, before) : value;
    },
  });
}

/** How many marks the run passes until it ends. */
export function countMarks(runId: string): { runIds: string[]; pass: Pass; passed: () => number } {
  let passed = 0;
  return {
    runIds: [runId],
    pass: async () => {
      passed++;
    },
    passed: () => passed,
  };
}

import type pg from "pg";
import { withClient } from "./connect";
import { withMigrationLock } from "./migrate";
import { claimTables, explainTarget, refuseRows, refuseRunning, refuseUsed, requireMigrated, requireSameWords } from "./move-refusals";
import { copyRows, requireSameRows, type Sides } from "./move-rows";
import { moveSequences, planLoosening, readTables, requireSameTables } from "./move-tables";
import { systemConnection } from "./system-connection";

export interface MoveOptions {
  /** Milkrun's own database, as its superuser. */
  source: pg.ClientConfig;
  /** The other one, as the owner of its tables. */
  target: pg.ClientConfig;
  /** Makes Milkrun's tables and role on the target, which is known to be empty by then. */
  prepareTarget: () => Promise<unknown>;
  migrationsDir: string;
  onProgress: (progress: MoveProgress) => void;
  /** Ends the move, and with it what it did. Its reason is what is thrown. */
  signal: AbortSignal;
}

export type MoveProgress =
  | { step: "prepare" }
  | { step: "compare" }
  /** `position` is that of the table among `tables`. */
  | { step: "copy"; table: string; position: number; tables: number; rows: number; isDone: boolean };

/**
 * Copies everything that Milkrun keeps from one database into an empty other one, out of one snapshot and in one transaction: afterwards the
 * target has all of it, or no row. The source is only read.
 * @returns How many rows each table has; both sides were compared.
 * @throws StartError with one sentence: a Milkrun works on either side, the target holds something, the sides are of different versions.
 */
export async function copyDatabase(options: MoveOptions): Promise<Map<string, number>> {
  const { source, prepareTarget, migrationsDir, onProgress } = options;
  const target = plainTexts(options.target);
  return withClient(plainTexts(source), async (from) => {
    await refuseRunning(from, "the data");
    await requireMigrated(from, migrationsDir);
    await explainTarget(
      withClient(target, async (to) => {
        await refuseUsed(to);
        await requireSameWords({ source: from, target: to });
      }),
    );
    onProgress({ step: "prepare" });
    await prepareTarget();
    // Held until the end: a Milkrun that is started there meanwhile waits.
    return withMigrationLock(target, (to) => explainTarget(copyInTransaction({ source: from, target: to }, options)));
  });
}

/** Both sides write the same value as the same text, see every organization and take the time that it takes. */
function plainTexts(connection: pg.ClientConfig): pg.ClientConfig {
  const settings = ["datestyle=ISO", "intervalstyle=postgres", "timezone=UTC", "bytea_output=hex", "extra_float_digits=1"];
  const limits = ["statement_timeout=0", "idle_in_transaction_session_timeout=0"];
  const options = [connection.options, ...[...settings, ...limits].map((one) => `-c ${one}`)].filter(Boolean).join(" ");
  return systemConnection({ ...connection, options, keepAlive: true });
}

async function copyInTransaction(sides: Sides, { onProgress, signal }: MoveOptions): Promise<Map<string, number>> {
  const counts = await breakable(signal, sides, () => copyAll(sides, onProgress));
  await sides.target.query("commit");
  await sides.target.query(`analyze ${[...counts.keys()].join(", ")}`);
  return counts;
}

/** When told to stop, breaks both connections: the server then undoes what was not finished. */
async function breakable<T>(signal: AbortSignal, sides: Sides, work: () => Promise<T>): Promise<T> {
  const breakOff = () => {
    for (const side of [sides.target, sides.source]) side.end().catch(() => {});
  };
  signal.addEventListener("abort", breakOff, { once: true });
  try {
    signal.throwIfAborted();
    return await work();
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener("abort", breakOff);
  }
}

async function copyAll(sides: Sides, onProgress: MoveOptions["onProgress"]): Promise<Map<string, number>> {
  const { source, target } = sides;
  const tables = await readTables(target);
  await source.query("begin isolation level repeatable read, read only");
  requireSameTables(await readTables(source), tables);
  await target.query("begin");
  await claimTables(target, tables);
  // Once more: nobody comes in between from here on.
  await refuseRows(target);
  await target.query("delete from public.installation");
  const { loosen, restore } = await planLoosening(target);
  for (const statement of loosen) await target.query(statement);
  const counts = new Map<string, number>();
  for (const [index, table] of tables.entries()) {
    const say = (rows: number, isDone: boolean) => onProgress({ step: "copy", table: table.name, position: index + 1, tables: tables.length, rows, isDone });
    const rows = await copyRows(sides, table, (sofar) => say(sofar, false));
    say(rows, true);
    counts.set(table.name, rows);
  }
  onProgress({ step: "compare" });
  for (const statement of restore) await target.query(statement);
  for (const table of tables) await requireSameRows(sides, table);
  await moveSequences(source, target);
  return counts;
}

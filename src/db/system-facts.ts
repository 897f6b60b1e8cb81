import type { Tx } from "./transaction";

/** What the System page shows of the database and of the queue, over all organizations. */
export interface SystemFacts {
  databaseTime: Date;
  postgresVersion: string;
  databaseBytes: number;
  queuedRuns: number;
  runningRuns: number;
}

/** Needs a transaction that sees every organization. */
export async function readSystemFacts(tx: Tx): Promise<SystemFacts> {
  const [row] = await tx.$queryRaw<[Omit<SystemFacts, "databaseBytes"> & { databaseBytes: bigint }]>`
    select clock_timestamp() as "databaseTime", current_setting('server_version') as "postgresVersion",
      pg_database_size(current_database()) as "databaseBytes",
      (select count(*)::int from run where status = 'queued') as "queuedRuns",
      (select count(*)::int from run where status = 'running') as "runningRuns"`;
  return { ...row, databaseBytes: Number(row.databaseBytes) };
}

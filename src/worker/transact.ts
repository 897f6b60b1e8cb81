import type { Database } from "@/db/client";
import type { SqlTx, Tx } from "@/db/transaction";
import { retryTransient, type Wait } from "@/db/transient";
import type { Logger } from "@/log/logger";
import { pause } from "./pause";

export interface TransactDeps {
  db: Database;
  log: Logger;
  /** How time passes; the real way by default. */
  wait?: Wait;
}

/**
 * One transaction of the worker, done again while the database restarts or drops connections. It may have been committed before: done
 * twice it must come to the same. No connection is held between the tries.
 */
export function transact<T>(deps: TransactDeps, work: (tx: Tx) => Promise<T>): Promise<T> {
  return patiently(deps, () => deps.db.withSystem(work));
}

/** The same, for what is done for every source. */
export function transactSql<T>(deps: TransactDeps, work: (tx: SqlTx) => Promise<T>): Promise<T> {
  return patiently(deps, () => deps.db.withSql(work));
}

/** Anything else that the database is asked for, on the same terms. */
export function patiently<T>({ log, wait = pause }: Omit<TransactDeps, "db">, ask: () => Promise<T>): Promise<T> {
  const onRetry = (error: unknown) => log.warn({ err: error }, "the database could not do it now, trying again shortly");
  return retryTransient(ask, { wait, onRetry });
}

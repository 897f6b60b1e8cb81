import type pg from "pg";
import { Prisma } from "@/generated/prisma/client";
import { hasKeptPlan } from "./kept-plan";
import type { SqlTx } from "./transaction";

/** For a connection to be free, and for the whole transaction; as long as Prisma has for its own. */
interface TransactionLimits {
  maxWait: number;
  timeout: number;
}

/**
 * Statements are planned for values on average, and not for those that they are called with: an organization that is younger than the statistics
 * looks as if it had nothing, so that any of its indexes is as good as another, and all of its items are gone through to find some by their keys.
 */
const BEGIN = "BEGIN; SET LOCAL plan_cache_mode = force_generic_plan";

/**
 * Transactions past Prisma, which takes several times the processor time for each statement: for what is done for every source.
 * @returns Does the work in one transaction of the pool, rolled back when it throws.
 */
export function createSqlTransactions(pool: pg.Pool, { maxWait, timeout }: TransactionLimits): <T>(work: (tx: SqlTx) => Promise<T>) => Promise<T> {
  const names = new Map<string, string>();

  function nameOf(text: string): string | undefined {
    if (!hasKeptPlan(text)) return undefined;
    const name = names.get(text) ?? `kept_${names.size}`;
    names.set(text, name);
    return name;
  }

  return async (work) => {
    const client = await connect(pool, maxWait);
    // Ends what waits for an answer, too.
    const timer = setTimeout(() => void client.end(), timeout);
    try {
      await client.query(BEGIN);
      const result = await work(toTx(client, nameOf));
      await client.query("COMMIT");
      client.release();
      return result;
    } catch (error) {
      // The connection ends, and what it had begun with it: that needs no answer, and takes along plans that do not fit any more.
      client.release(true);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  };
}

function connect(pool: pg.Pool, maxWait: number): Promise<pg.PoolClient> {
  return new Promise((resolve, reject) => {
    const connecting = pool.connect();
    const giveUp = () => {
      reject(Object.assign(new Error("No connection to the database was free in time."), { code: "ETIMEDOUT" }));
      connecting.then(
        (client) => client.release(),
        () => {},
      );
    };
    const timer = setTimeout(giveUp, maxWait);
    connecting.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function toTx(client: pg.PoolClient, nameOf: (text: string) => string | undefined): SqlTx {
  const ask = (query: TemplateStringsArray | Prisma.Sql, filled: readonly unknown[]) => {
    const { text, values } = query instanceof Prisma.Sql ? query : Prisma.sql(query, ...filled);
    return client.query({ name: nameOf(text), text, values });
  };
  return {
    // Whoever asks says what the columns are, as with Prisma's.
    $queryRaw: async <T>(query: TemplateStringsArray | Prisma.Sql, ...filled: unknown[]) => (await ask(query, filled)).rows as T,
    $executeRaw: async (query, ...filled) => (await ask(query, filled)).rowCount ?? 0,
  };
}

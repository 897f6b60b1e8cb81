import type { Tx } from "@/db/transaction";
import type { ApiContext } from "./context";
import { getActor, getCaller } from "./init";

/** Who gets items, and whether they still may have them. */
export interface ItemReader {
  orgId: string;
  /** Counted: so many files are sent to each at the same time. */
  id: string;
  /** @throws AppError when they may not read items (any more). */
  check(tx: Tx): Promise<unknown>;
}

/** Whoever sent a request. */
export function readerOf(ctx: ApiContext): ItemReader {
  const caller = getCaller(ctx);
  return { orgId: caller.organizationId, id: "userId" in caller ? caller.userId : caller.id, check: (tx) => getActor(tx, caller, "item.read") };
}

/** Reads in a transaction that sees the reader's organization only, after a look at whether they still may. */
export function readAs<T>({ db }: Pick<ApiContext, "db" | "log">, { orgId, check }: ItemReader, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.withTenant(orgId, async (tx) => {
    await check(tx);
    return work(tx);
  });
}

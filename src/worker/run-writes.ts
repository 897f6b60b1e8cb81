import type { Lease } from "@/db/run-lease";
import type { BegunAttempt } from "@/db/source-attempts";
import type { OpenedHeaders, OpenHeaders } from "@/db/source-headers";
import { isRefusedData } from "@/db/sql-state";
import { isTransient } from "@/db/transient";
import { gather } from "./gather";
import { type TransactDeps, transact } from "./transact";
import { type CollectedList, type Write, type WrittenFree, writeFree, writeLot } from "./write-lot";

/** What a run writes about its sources while it collects them. Both throw LeaseLostError, and what the database throws. */
export interface RunWrites {
  /** Records that an attempt begins, and opens the source's headers as they are then. */
  begin(attempt: BegunAttempt): Promise<OpenedHeaders>;
  /** Stores the items of a source and its outcome, both or nothing. */
  store(collected: CollectedList): Promise<void>;
}

/** Items that are stored in one transaction, unless one source has more: it is over soon, and the page of the run shows it within a second. */
const MOST_ITEMS = 1_000;
/** Sites take longer to answer, and the sources of one that was just asked end together. */
const WINDOW_MS = 3;

const lots = {
  weigh: (one: Write) => ("collected" in one ? one.collected.items.length : 0),
  mostWeight: MOST_ITEMS,
  windowMs: WINDOW_MS,
};

/** Transactions at a time: the items of a large source keep only the other half of the runs waiting. */
const PIPELINES = 2;

/**
 * One for a process: all that its runs come to write while a transaction is going is written in the next one. Whose run or source somebody
 * else has locked waits for that apart, with its own run, and keeps nobody waiting.
 * @returns What makes the writes of a run.
 */
export function createRunWrites(deps: TransactDeps): (lease: Lease) => RunWrites {
  const { keys } = deps.db;
  const startPipeline = () =>
    gather<Write, WrittenFree>({
      ...lots,
      doAll: (lot) => transact(deps, (tx) => writeFree(tx, keys, lot)),
      // Of another run, perhaps.
      isFaultOfOne: (error) => !isTransient(error),
    });
  // A run stays with one, as in two its writes would meet; the next run has the other.
  const pipelines = Array.from({ length: PIPELINES }, startPipeline);

  return (lease) => {
    const writeTogether = pipelines.shift() ?? startPipeline();
    pipelines.push(writeTogether);
    const writeApart = gather<Write, OpenHeaders>({
      ...lots,
      doAll: (lot) => transact(deps, (tx) => writeLot(tx, keys, lease, lot)),
      isFaultOfOne: isRefusedData,
    });

    async function write(one: Write): Promise<OpenHeaders> {
      const { open, left } = await writeTogether(one);
      return left.has(one) ? writeApart(one) : open;
    }

    return {
      async begin(begun) {
        const open = await write({ lease, begun });
        const { sourceId, definition } = begun.source;
        return open({ sourceId, url: definition.url });
      },
      async store(collected) {
        await write({ lease, collected });
      },
    };
  };
}

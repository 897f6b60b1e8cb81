import { isDiskFull } from "@/db/sql-state";
import { type DiskSpace, describeShortage, isShortOfSpace } from "@/domain/disk-space";
import type { Logger } from "@/log/logger";

const LOOK_MS = 5_000;
/** After the database found its disk full, which only trying again can tell to be over. */
const FULL_FOR_MS = 60_000;
const FULL = "The database's disk is full, so nothing is collected for a minute; then it is tried again.";

/** Keeps a worker from taking work that could not be stored. What runs goes on; what waits stays in the queue. */
export interface Hold {
  /** Looks at the disk once, and every few seconds from then on. */
  start(): Promise<void>;
  stop(): void;
  /** Why nothing new is taken, in words; null while it is. */
  reason(): string | null;
  /** The disk of the database as it was at the last look; null where it is not known. */
  space(): DiskSpace | null;
  /** Tells it of an error of the database; others than a full disk change nothing. */
  notice(error: unknown): void;
}

export interface HoldOptions {
  log: Logger;
  /** Looks at the disk of the database, where that is known. */
  readSpace?: (() => Promise<DiskSpace>) | undefined;
  /** What this process is short of, in words; null when it has enough of everything. */
  findExhaustion?: () => string | null;
  /** How often the disk is looked at. */
  lookMs?: number;
  /** How long nothing is taken after the database found its disk full. */
  fullForMs?: number;
}

/** Holds while the disk of the database is short of space or has just been found full, and while the process is short of something. Resumes by itself. */
export function createHold({ log, readSpace, findExhaustion = () => null, lookMs = LOOK_MS, fullForMs = FULL_FOR_MS }: HoldOptions): Hold {
  let shortage: string | null = null;
  let space: DiskSpace | null = null;
  let fullUntil = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let blind = false;

  async function look(read: () => Promise<DiskSpace>) {
    try {
      space = await read();
      judge(space);
      blind = false;
    } catch (error) {
      if (!blind)
        log.warn({ reason: (error as Error).message }, "the free space where the database is could not be read, collecting goes on without a look at it");
      blind = true;
      shortage = null;
      space = null;
    }
  }

  function judge({ freeBytes, totalBytes }: DiskSpace) {
    const held = shortage !== null;
    shortage = isShortOfSpace({ freeBytes, totalBytes }, held) ? describeShortage(totalBytes) : null;
    if (shortage !== null && !held) log.warn({ freeBytes }, shortage);
    if (shortage === null && held) log.info({ freeBytes }, "there is room for the database again, collecting goes on");
  }

  return {
    async start() {
      if (!readSpace) return;
      await look(readSpace);
      timer = setInterval(() => void look(readSpace), lookMs);
    },
    stop: () => clearInterval(timer),
    space: () => space,
    reason: () => shortage ?? (performance.now() < fullUntil ? FULL : findExhaustion()),
    notice(error) {
      if (!isDiskFull(error)) return;
      if (performance.now() >= fullUntil) log.error(FULL);
      fullUntil = performance.now() + fullForMs;
    },
  };
}

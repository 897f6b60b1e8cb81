import { describeStartError } from "@/config/start-error";
import type { Logger } from "@/log/logger";

const GIVE_UP_AFTER_MS = 30_000;
/** What comes this soon after a signal belongs to it: a shell passes on what its terminal sends to all, and systemd can send two. Nobody repeats themselves this fast. */
const SAME_WISH_MS = 1_000;

export interface GracefulExit {
  /**
   * Carries out the start of the process. When a stop is asked for meanwhile, the step under way is finished, so that it can be undone,
   * and no further one is begun. When it fails, the process says why, undoes what was done and ends with 1.
   */
  start(work: () => Promise<void>): Promise<void>;
  /**
   * Registers what undoes a step of the start; the last one registered is undone first.
   * @throws when a stop was asked for, to end the start; what was registered is undone all the same.
   */
  onExit(undo: () => unknown): void;
  /** True from the moment a stop was asked for. */
  isStopping(): boolean;
  /** Undoes everything and ends the process. A further call changes nothing. */
  exit(reason: string, exitCode: number): Promise<void>;
}

/**
 * Ends the process in the reverse order of its start.
 * @param giveUpAfterMs A stop that takes longer is forced.
 */
export function createGracefulExit(log: Logger, giveUpAfterMs = GIVE_UP_AFTER_MS): GracefulExit {
  const undos: (() => unknown)[] = [];
  let starting: Promise<void> = Promise.resolve();
  let stopping = false;

  async function exit(reason: string, exitCode: number): Promise<void> {
    if (stopping) return;
    stopping = true;
    // After an error its own message is the one to read.
    const level = exitCode === 0 ? "info" : "debug";
    log[level]({ reason }, "stopping");
    setTimeout(() => process.exit(1), giveUpAfterMs).unref();
    await starting.catch(() => {});
    await undoAll();
    log[level]("stopped");
    process.exit(exitCode);
  }

  async function undoAll(): Promise<void> {
    for (let undo = undos.pop(); undo; undo = undos.pop()) {
      try {
        await undo();
      } catch (error) {
        log.error({ err: error }, "a part of Milkrun could not be stopped properly");
      }
    }
  }

  return {
    async start(work) {
      starting = work();
      await starting.catch((error: unknown) => {
        if (stopping) return log.debug({ err: error }, "the start was given up");
        process.stderr.write(`${describeStartError(error)}\n`);
        return exit("the start failed", 1);
      });
    },
    onExit(undo) {
      undos.push(undo);
      if (stopping) throw new Error("The process is stopping.");
    },
    isStopping: () => stopping,
    exit,
  };
}

/**
 * Ends the process on signals, on errors nobody handled, and when npm, which started it, is gone. SIGINT or SIGTERM sent again ends it at once.
 * That nobody can read what it says any more is no reason to end: its terminal is closed, or the disk of its log is full.
 * @param sameWishMs A signal this soon after the first is no second one.
 */
export function exitOnSignals({ exit, isStopping }: GracefulExit, log: Logger, sameWishMs = SAME_WISH_MS): void {
  outliveOutputs();
  const isAgain = createIsAgain(sameWishMs);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (isAgain()) process.exit(1);
      void exit(signal, 0);
    });
  }
  // A terminal that is closed says so to whoever was told to stop before, too: it is never impatience.
  process.on("SIGHUP", () => void exit("SIGHUP", 0));
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(event, (error: unknown) => {
      log.fatal({ err: error }, "an error that nothing handles: Milkrun stops");
      if (!isStopping()) void exit(event, 1);
    });
  }
  if (process.env.npm_lifecycle_event) exitWithParent(exit, isStopping);
}

/** Lets this process go on when what it writes to its outputs cannot be written. */
export function outliveOutputs(): void {
  for (const output of [process.stdout, process.stderr]) output.on("error", () => {});
}

/** Asked at each signal: whether it is a second wish, and not a part of the first. */
export function createIsAgain(sameWishMs = SAME_WISH_MS): () => boolean {
  let firstMs: number | null = null;
  return () => {
    const nowMs = performance.now();
    firstMs ??= nowMs;
    return nowMs - firstMs > sameWishMs;
  };
}

/** npm puts a shell between itself and us: a signal to npm ends both and never reaches this process. */
function exitWithParent(exit: GracefulExit["exit"], isStopping: () => boolean): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent && !isStopping()) void exit("npm ended", 0);
  }, 500).unref();
}

import { describeStartError } from "@/config/start-error";
import type { Logger } from "@/log/logger";

const GIVE_UP_AFTER_MS = 30_000;

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
  /** Undoes everything and ends the process. A second call ends it at once. */
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
    if (stopping) process.exit(1);
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

/** Ends the process on signals, on errors nobody handled, and when npm, which started it, is gone. */
export function exitOnSignals({ exit, isStopping }: GracefulExit, log: Logger): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void exit(signal, 0));
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(event, (error: unknown) => {
      log.fatal({ err: error }, "an error that nothing handles: Milkrun stops");
      if (!isStopping()) void exit(event, 1);
    });
  }
  if (process.env.npm_lifecycle_event) exitWithParent(exit, isStopping);
}

/** npm puts a shell between itself and us: a signal to npm ends both and never reaches this process. */
function exitWithParent(exit: GracefulExit["exit"], isStopping: () => boolean): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent && !isStopping()) void exit("npm ended", 0);
  }, 500).unref();
}

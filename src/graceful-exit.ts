import type { Logger } from "@/log/logger";

const GIVE_UP_AFTER_MS = 30_000;

export interface GracefulExit {
  /** Registers what undoes a step of the start; the last one registered is undone first. */
  onExit(undo: () => unknown): void;
  /** True from the moment a stop was asked for. */
  isStopping(): boolean;
  /** Undoes everything and ends the process. A second call ends it at once. */
  exit(reason: string, exitCode: number): Promise<void>;
}

/** Ends the process in the reverse order of its start. */
export function createGracefulExit(log: Logger): GracefulExit {
  const undos: (() => unknown)[] = [];
  let stopping = false;

  async function exit(reason: string, exitCode: number): Promise<void> {
    if (stopping) process.exit(1);
    stopping = true;
    // After an error its own message is the one to read.
    const level = exitCode === 0 ? "info" : "debug";
    log[level]({ reason }, "stopping");
    setTimeout(() => process.exit(1), GIVE_UP_AFTER_MS).unref();
    for (const undo of undos.reverse()) {
      try {
        await undo();
      } catch (error) {
        log.error({ err: error }, "a part of Milkrun could not be stopped properly");
      }
    }
    log[level]("stopped");
    process.exit(exitCode);
  }

  return {
    onExit: (undo) => void undos.push(undo),
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

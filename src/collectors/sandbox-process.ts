import { type ChildProcess, fork } from "node:child_process";
import { constants, setPriority } from "node:os";
import { CollectError } from "./collect-error";
import type { ChildMessage, TaskMessage } from "./sandbox-protocol";

/** For the process to start and load its parsers; slow machines take seconds. */
const START_DEADLINE_MS = 15_000;
/** Nearly all documents take less by far. One that takes longer gives way to whatever else wants the processor. */
const GIVES_WAY_AFTER_MS = 400;

export interface SandboxChild {
  /** Of the process; undefined when it could not be started. */
  readonly pid: number | undefined;
  alive(): boolean;
  /**
   * One task at a time. Kills the process at the deadline or when the signal fires, and throws CollectError. A long task goes on at a lower
   * priority, and its process ends with it: nobody may raise a priority again.
   */
  run(message: TaskMessage, deadlineMs: number, signal: AbortSignal): Promise<ChildMessage>;
  /** Resolves when the process is gone. */
  kill(): Promise<void>;
}

/** One killable process, without the parent's environment: a parser has no use for its secrets. */
export function createSandboxChild(childPath: string, memoryMb: number): SandboxChild {
  const child = fork(childPath, [], {
    // Next declares NODE_ENV as required. Nothing else passes.
    env: { NODE_ENV: "production" },
    execArgv: [`--max-old-space-size=${memoryMb}`],
    // What the engine prints when it runs out of memory is no news.
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    serialization: "advanced",
  });
  let gone = false;
  const exited = new Promise<void>((resolve) => {
    const leave = () => {
      gone = true;
      resolve();
    };
    child.once("exit", leave);
    // A process that could not be started never exits. `on`: later errors must find a listener too, or they end this process.
    child.on("error", leave);
  });
  const started = waitForMessage(child, exited, START_DEADLINE_MS, new AbortController().signal, startError);
  // Awaited by the first task; until then nobody listens, and an unheard rejection would end this process.
  started.catch(() => child.kill("SIGKILL"));

  function end(): void {
    gone = true;
    child.kill("SIGKILL");
  }

  async function run(message: TaskMessage, deadlineMs: number, signal: AbortSignal): Promise<ChildMessage> {
    let hasGivenWay = false;
    let timer: NodeJS.Timeout | undefined;
    try {
      await started;
      const answer = waitForMessage(child, exited, deadlineMs, signal, crashError);
      child.send(message, () => undefined);
      timer = setTimeout(() => {
        hasGivenWay = giveWay(child);
      }, GIVES_WAY_AFTER_MS);
      const given = await answer;
      if (hasGivenWay) end();
      return given;
    } catch (error) {
      end();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async function kill(): Promise<void> {
    child.kill("SIGKILL");
    await exited;
  }

  return { pid: child.pid, alive: () => !gone, run, kill };
}

/** False where the process is gone, or the system does not let it. */
function giveWay({ pid }: ChildProcess): boolean {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
    return pid !== undefined;
  } catch {
    return false;
  }
}

function waitForMessage(
  child: ChildProcess,
  exited: Promise<void>,
  deadlineMs: number,
  signal: AbortSignal,
  onExit: () => CollectError,
): Promise<ChildMessage> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      child.off("message", onMessage);
      signal.removeEventListener("abort", onAbort);
      finish();
    };
    const onMessage = (message: unknown) => settle(() => resolve(message as ChildMessage));
    const onAbort = () => settle(() => reject(new CollectError("cancelled", "The run was stopped before the page was read.")));
    const timer = setTimeout(() => settle(() => reject(deadlineError(deadlineMs))), deadlineMs);
    if (signal.aborted) return onAbort();
    child.once("message", onMessage);
    signal.addEventListener("abort", onAbort, { once: true });
    void exited.then(() => settle(() => reject(onExit())));
  });
}

function deadlineError(deadlineMs: number): CollectError {
  const seconds = deadlineMs / 1000;
  return new CollectError("timeout", `Reading the document took longer than ${seconds} s and was stopped. Simplify the expressions or collect a smaller page.`);
}

function crashError(): CollectError {
  return new CollectError("bad_document", "Reading the document took too much memory and was stopped. Collect a smaller page.");
}

function startError(): CollectError {
  return new CollectError("bad_document", "The process that reads documents could not be started. Nothing was collected.", { retryable: true });
}

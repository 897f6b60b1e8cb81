import { CollectError, isCollectErrorCode } from "./collect-error";
import { createSandboxChild, type SandboxChild } from "./sandbox-process";
import type { ChildMessage } from "./sandbox-protocol";
import type { SandboxTasks, TaskName } from "./sandbox-tasks";

export interface SandboxOptions {
  /** The runnable file made of sandbox-child.ts. */
  childPath: string;
  /** Processes at most. Default 2. */
  size?: number;
  /** For one task, from when a process takes it. Default 2000. */
  deadlineMs?: number;
  /** Heap of each process. Default 256. */
  memoryMb?: number;
}

/** Runs one parser on one document. Throws CollectError; `cancelled` when the signal fires. */
export type Parse = <T extends TaskName>(task: T, input: SandboxTasks[T]["input"], signal: AbortSignal) => Promise<SandboxTasks[T]["output"]>;

export interface Sandbox {
  run: Parse;
  /** Ends all processes; waiting tasks fail. */
  close(): Promise<void>;
}

/**
 * A few processes for work whose time and memory strangers decide: documents and expressions. A process that misses the
 * deadline or dies is replaced, and only its own task fails. Nothing starts before the first task.
 */
export function createSandbox({ childPath, size = 2, deadlineMs = 2000, memoryMb = 256 }: SandboxOptions): Sandbox {
  const idle: SandboxChild[] = [];
  const all = new Set<SandboxChild>();
  const waiting: (() => void)[] = [];
  let busy = 0;
  let closed = false;

  async function acquire(signal: AbortSignal): Promise<SandboxChild> {
    while (busy >= size && !closed) await waitForTurn(signal);
    if (closed || signal.aborted) {
      // Woken for a free process that it no longer wants: the next in line takes it.
      waiting.shift()?.();
      throw cancelledError();
    }
    busy += 1;
    const child = idle.pop() ?? createSandboxChild(childPath, memoryMb);
    all.add(child);
    return child;
  }

  function waitForTurn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stopWaiting = () => {
        waiting.splice(waiting.indexOf(wake), 1);
        reject(cancelledError());
      };
      const wake = () => {
        signal.removeEventListener("abort", stopWaiting);
        resolve();
      };
      if (signal.aborted) return reject(cancelledError());
      signal.addEventListener("abort", stopWaiting, { once: true });
      waiting.push(wake);
    });
  }

  function release(child: SandboxChild): void {
    busy -= 1;
    if (child.alive() && !closed) idle.push(child);
    else all.delete(child);
    waiting.shift()?.();
  }

  async function run<T extends TaskName>(task: T, input: SandboxTasks[T]["input"], runSignal: AbortSignal): Promise<SandboxTasks[T]["output"]> {
    // One signal stops all sources of a run; listening to it directly, each would add to its listeners.
    const signal = AbortSignal.any([runSignal]);
    const child = await acquire(signal);
    try {
      return outputOf(await child.run({ task, input }, deadlineMs, signal));
    } finally {
      release(child);
    }
  }

  async function close(): Promise<void> {
    closed = true;
    for (const wake of waiting.splice(0)) wake();
    await Promise.all([...all].map((child) => child.kill()));
    all.clear();
  }

  return { run, close };
}

/** The child runs this project's own code, one version of both: what it calls the output of a task is one. */
function outputOf<T extends TaskName>(message: ChildMessage): SandboxTasks[T]["output"] {
  if (message.type === "done") return message.output as SandboxTasks[T]["output"];
  const { code, message: text, retryable } = message.type === "failed" ? message : { code: "", message: "The document could not be read.", retryable: false };
  throw new CollectError(isCollectErrorCode(code) ? code : "bad_document", text, { retryable });
}

function cancelledError(): CollectError {
  return new CollectError("cancelled", "The run was stopped before the page was read.");
}

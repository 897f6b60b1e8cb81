import { createFairTurns } from "@/domain/fair-turns";
import { CollectError, isCollectErrorCode } from "./collect-error";
import { createSandboxChild, type SandboxChild } from "./sandbox-process";
import type { ChildMessage } from "./sandbox-protocol";
import type { SandboxTasks, TaskName } from "./sandbox-tasks";

export interface SandboxOptions {
  /** The runnable file made of sandbox-child.ts. */
  childPath: string;
  /** Processes at most. Default 2. */
  size?: number;
  /** Processes that one group may have at the same time. Default: all of them. */
  share?: number;
  /** For one task, from when a process takes it. Default 2000. */
  deadlineMs?: number;
  /** Heap of each process. Default 256. */
  memoryMb?: number;
}

/** Runs one parser on one document. Throws CollectError; `cancelled` when the signal fires. */
export type Parse = <T extends TaskName>(task: T, input: SandboxTasks[T]["input"], signal: AbortSignal) => Promise<SandboxTasks[T]["output"]>;

export interface Sandbox {
  /**
   * Like `Parse`.
   * @param group Groups with waiting tasks get the next free process one after the other: nobody's documents keep another's waiting
   * for longer than one of each group takes. By default all tasks are of one group.
   */
  run<T extends TaskName>(task: T, input: SandboxTasks[T]["input"], signal: AbortSignal, group?: string): Promise<SandboxTasks[T]["output"]>;
  /** Ends all processes; waiting tasks fail. */
  close(): Promise<void>;
}

/**
 * A few processes for work whose time and memory strangers decide: documents and expressions. A process that misses the
 * deadline or dies is replaced at once, and only its own task fails. Nothing starts before the first task.
 */
export function createSandbox({ childPath, size = 2, share, deadlineMs = 2000, memoryMb = 256 }: SandboxOptions): Sandbox {
  const turns = createFairTurns(size, share);
  // Each for the group whose document it read last, or whose document ended the one before it; the longest unused first.
  let idle: { child: SandboxChild; group: string }[] = [];
  const all = new Set<SandboxChild>();
  let closed = false;

  function startChild(): SandboxChild {
    const child = createSandboxChild(childPath, memoryMb);
    all.add(child);
    return child;
  }

  /** Starting a process takes longer than most documents: a group whose documents end theirs must not take those of others instead. */
  function takeChild(group: string): SandboxChild {
    // One that could not be started is dead before it is needed.
    idle = idle.filter(({ child }) => child.alive() || !all.delete(child));
    const own = idle.find((one) => one.group === group);
    const taken = own ?? (all.size < size ? undefined : idle[0]);
    idle = idle.filter((one) => one !== taken);
    return taken?.child ?? startChild();
  }

  function giveBack(child: SandboxChild, group: string): void {
    if (!child.alive() || closed) all.delete(child);
    if (!closed) idle.push({ child: child.alive() ? child : startChild(), group });
  }

  async function run<T extends TaskName>(task: T, input: SandboxTasks[T]["input"], runSignal: AbortSignal, group = ""): Promise<SandboxTasks[T]["output"]> {
    // One signal stops all sources of a run; listening to it directly, each would add to its listeners.
    const signal = AbortSignal.any([runSignal]);
    const leave = await turns.take(group, signal);
    // Closed in the moment in which the place was given: a process started now would outlive the pool.
    if (!leave || closed) throw new CollectError("cancelled", "The run was stopped before the page was read.");
    const child = takeChild(group);
    try {
      return outputOf(await child.run({ task, input }, deadlineMs, signal));
    } finally {
      giveBack(child, group);
      leave();
    }
  }

  async function close(): Promise<void> {
    closed = true;
    turns.close();
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

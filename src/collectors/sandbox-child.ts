import { serialize } from "node:v8";
import { Worker } from "node:worker_threads";
import { isCollectError } from "./collect-error";
import type { ChildMessage, TaskMessage } from "./sandbox-protocol";
import { type SandboxTasks, type TaskName, taskRunners } from "./sandbox-tasks";

/** An expression can make anything out of a small page; the parent's memory must not depend on it. */
const MAX_OUTPUT_BYTES = 64 * 1_048_576;

// The entry of the killable processes. It knows no deadline: whoever started it ends it.

/** Text, because a bundle of one file has no second file to start a thread from. */
const WATCH_PARENT = `
  const { workerData: parent } = require("node:worker_threads");
  setInterval(() => process.ppid === parent || process.kill(process.pid, "SIGKILL"), 1000);
`;

function send(message: ChildMessage): void {
  process.send?.(message);
}

async function runTask<T extends TaskName>(task: T, input: SandboxTasks[T]["input"]): Promise<ChildMessage> {
  try {
    const output = await taskRunners[task](input);
    if (serialize(output).byteLength <= MAX_OUTPUT_BYTES) return { type: "done", output };
    return {
      type: "failed",
      code: "too_large",
      message: "The page gives more than can be stored. Nothing was collected. Choose less of it.",
      retryable: false,
    };
  } catch (error) {
    if (isCollectError(error)) return { type: "failed", code: error.code, message: error.message, retryable: error.retryable };
    return {
      type: "failed",
      code: "bad_document",
      message: "The document could not be read. Nothing was collected. Check the address, or collect another page.",
      retryable: false,
    };
  }
}

process.on("message", async ({ task, input }: TaskMessage) => send(await runTask(task, input)));
// A parent that was killed must not leave orphans behind. In an endless task this thread never hears of it, but another one can look.
process.on("disconnect", () => process.exit(0));
new Worker(WATCH_PARENT, { eval: true, workerData: process.ppid });
send({ type: "ready" });

import type { SandboxTasks, TaskName } from "./sandbox-tasks";

/** Sent to the child: one task at a time. */
export interface TaskMessage {
  task: TaskName;
  input: SandboxTasks[TaskName]["input"];
}

/** Sent by the child: once when it can take tasks, then once per task. */
export type ChildMessage =
  | { type: "ready" }
  | { type: "done"; output: SandboxTasks[TaskName]["output"] }
  | { type: "failed"; code: string; message: string; retryable: boolean };

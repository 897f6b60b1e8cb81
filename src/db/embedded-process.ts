import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Whether there is a process with this id, ours or not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Process ids are reused, above all in containers: a live one must also be a postgres. One that ended and that nobody waited for, as
 * happens to orphans in a container without an init, still has its id and its name.
 */
export function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false;
  try {
    const [state = "", command = ""] = process.platform === "linux" ? readProcess(pid) : askForProcess(pid);
    return !state.startsWith("Z") && path.basename(command) === "postgres";
  } catch {
    return false;
  }
}

function readProcess(pid: number): string[] {
  const [, command = "", state = ""] = /^\d+ \((.*)\) (\S)/s.exec(fs.readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
  return [state, command];
}

/** The command is a path here, which may have spaces. */
function askForProcess(pid: number): string[] {
  const answer = execFileSync("ps", ["-p", String(pid), "-o", "stat=,comm="], { encoding: "utf8" });
  return /^\s*(\S+)\s+(.*\S)/.exec(answer)?.slice(1) ?? [];
}

/** Sends the signal and waits. Resolves with whether the server has ended. */
export async function endsAfter(pid: number, signal: NodeJS.Signals, withinMs: number): Promise<boolean> {
  if (isPostgres(pid)) process.kill(pid, signal);
  for (let waitedMs = 0; waitedMs < withinMs && isPostgres(pid); waitedMs += 20) await sleep(20);
  return !isPostgres(pid);
}

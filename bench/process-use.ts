import fs from "node:fs";

/** Memory of another process, in bytes. Linux only: elsewhere everything is null and the bench says that it was not measured. */
function readStatus(pid: number, field: string): number | null {
  try {
    const kilobytes = new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kilobytes ? Number(kilobytes) * 1024 : null;
  } catch {
    return null;
  }
}

export const residentBytes = (pid: number) => readStatus(pid, "VmRSS");

/** The most that it held since `forgetPeak`. */
export const peakBytes = (pid: number) => readStatus(pid, "VmHWM");

export function forgetPeak(pid: number): void {
  try {
    fs.writeFileSync(`/proc/${pid}/clear_refs`, "5");
  } catch {
    // Then the peak is that since its start, which is never too little.
  }
}

const TICKS_PER_SECOND = 100;

/** Processor time of a process and its children, those that ended included, in seconds; null where it cannot be read. */
export function processorSeconds(pid: number): number | null {
  try {
    const ended = readTicks(pid, CHILDREN_TICKS);
    return [pid, ...childrenOf(pid)].reduce((sum, one) => sum + readTicks(one, OWN_TICKS), ended) / TICKS_PER_SECOND;
  } catch {
    return null;
  }
}

const OWN_TICKS = [11, 12];
const CHILDREN_TICKS = [13, 14];

function childrenOf(pid: number): number[] {
  const all = fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return all.map(Number).filter((other) => statOf(other)[1] === String(pid));
}

function readTicks(pid: number, fields: readonly number[]): number {
  const stat = statOf(pid);
  return fields.reduce((sum, field) => sum + Number(stat[field] ?? 0), 0);
}

/** The fields after the name of the program, which may hold spaces: state, parent, …; none for a process that is gone. */
function statOf(pid: number): string[] {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
}

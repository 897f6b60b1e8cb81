import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

/** What the measuring process is told to fetch. */
export interface MeasuredFetch {
  url: string;
  /** For controls: nothing ends it but the deadline. */
  withoutCaps?: boolean;
  /** For controls: keeps the event loop busy afterwards. */
  thenBlockMs?: number;
}

export interface Measurement {
  /** `answered`, or the error's code. */
  ending: string;
  message: string;
  durationMs: number;
  /** By how much the process was larger, at the most, than before. */
  grownBytes: number;
  /** The longest time for which the event loop did nothing else. */
  delayMs: number;
}

export interface MeasuringProcess {
  measure(task: MeasuredFetch): Promise<Measurement>;
  end(): void;
}

/** Starts the bundled measuring program, which may reach this port of this machine. */
export function startMeasuring(program: string, port: number, deadlineMs: number): MeasuringProcess {
  const child: ChildProcess = fork(program, [String(port), String(deadlineMs)], { execArgv: ["--expose-gc"] });
  async function measure(task: MeasuredFetch): Promise<Measurement> {
    child.send(task);
    const [measurement] = await once(child, "message");
    return measurement as Measurement;
  }
  return { measure, end: () => child.disconnect() };
}

import os from "node:os";

/** One line on what the numbers were measured on. */
export function describeMachine(database: string): string {
  const [processor] = os.cpus();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  return `${os.availableParallelism()} cores (${processor?.model.trim() ?? "unknown"}), ${memory} GB, ${os.type()} ${os.release()}, Node ${process.versions.node}, ${database}`;
}

/** What else the machine does: ratios within one run stand whatever this says, absolute times do not. */
export function describeLoad(): string {
  return `load average ${os
    .loadavg()
    .map((load) => load.toFixed(1))
    .join(" ")}`;
}

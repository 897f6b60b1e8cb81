import fs from "node:fs";

export interface DescriptorUse {
  /** Files, sockets and pipes that this process has open. */
  used: number;
  /** How many it may have open. */
  limit: number;
}

/**
 * How many files, sockets and pipes this process may have open; null where the system does not say (any but Linux) or sets no limit.
 * Node raises it to the hard limit at its start. Ask early: reading it takes a descriptor.
 */
export function readDescriptorLimit(): number | null {
  try {
    const soft = /^Max open files\s+(\d+)/m.exec(fs.readFileSync("/proc/self/limits", "utf8"))?.[1];
    return soft === undefined ? null : Number(soft);
  } catch {
    return null;
  }
}

/** What is used of the limit; null where there is none, or where the system does not say. */
export function readDescriptorUse(limit: number | null): DescriptorUse | null {
  if (limit === null) return null;
  try {
    // One of them is the folder that is being read.
    return { used: fs.readdirSync("/proc/self/fd").length - 1, limit };
  } catch (error) {
    // Counting takes a descriptor itself: none is left, here or in the whole system.
    const isOut = ["EMFILE", "ENFILE"].includes((error as NodeJS.ErrnoException).code ?? "");
    return isOut ? { used: limit, limit } : null;
  }
}

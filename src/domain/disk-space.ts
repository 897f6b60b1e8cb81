export interface DiskSpace {
  /** What PostgreSQL may still use: not the part that is kept for root. */
  freeBytes: number;
  totalBytes: number;
}

const GIGABYTE = 1_000_000_000;
/** Collecting goes on at this many times the limit, so that it does not stop and start around it. */
const RESUME_FACTOR = 1.25;

/**
 * How much has to be free on a disk of this size: 1 GB, or 5 % where that is less, which is so below 20 GB. Always 5 % would stop a
 * 10 TB disk with half a terabyte free, always 1 GB would leave a disk of 4 GB half unused. Both leave room for what runs are still
 * to write, and for a checkpoint.
 */
export function leastFreeBytes(totalBytes: number): number {
  return Math.min(GIGABYTE, totalBytes * 0.05);
}

/** Whether too little is free; once it is (`held`), somewhat more than the limit has to become free. */
export function isShortOfSpace({ freeBytes, totalBytes }: DiskSpace, held: boolean): boolean {
  return freeBytes < leastFreeBytes(totalBytes) * (held ? RESUME_FACTOR : 1);
}

/** The sentence that people are told, for a disk of this size. */
export function describeShortage(totalBytes: number): string {
  const least = leastFreeBytes(totalBytes);
  const amount = least >= GIGABYTE ? "1 GB" : `${Math.round(least / 1_000_000)} MB (5 %)`;
  return `Less than ${amount} is free where the database is, so nothing is collected until there is more.`;
}

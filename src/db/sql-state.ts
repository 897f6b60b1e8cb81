const DISK_FULL = "53100";

interface PrismaCause {
  meta?: { driverAdapterError?: { cause?: { originalCode?: unknown } } };
  cause?: { originalCode?: unknown };
  code?: unknown;
}

/** The SQLSTATE of what the database said, whether Prisma wrapped it (once for a query, otherwise for a commit) or not; null of any other error. */
export function sqlState(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { meta, cause, code } = error as PrismaCause;
  const state = meta?.driverAdapterError?.cause?.originalCode ?? cause?.originalCode ?? code;
  return typeof state === "string" && /^[0-9A-Z]{5}$/.test(state) ? state : null;
}

/** Whether the database takes these values at no time: they have no form in it (class 22), or are more than it can hold (class 54). */
export function isRefusedData(error: unknown): boolean {
  return /^(22|54)/.test(sqlState(error) ?? "");
}

/** Whether a text holds what the database has no character for, such as the character zero, on its own or within JSON. */
export function isRefusedText(error: unknown): boolean {
  return ["22021", "22P05"].includes(sqlState(error) ?? "");
}

/** Whether the database could not write because its disk is full. */
export function isDiskFull(error: unknown): boolean {
  return sqlState(error) === DISK_FULL;
}

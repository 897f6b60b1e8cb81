import { z } from "zod";
import { itemExportQuerySchema } from "./item-export";

/** Up to so many items a page sends at once; more are written by a worker, and fetched when they are done. */
export const MOST_AT_ONCE = 5_000;
/** Files that an organization may have in the making. */
export const MOST_EXPORTS_GOING = 2;
export const LARGEST_EXPORT_BYTES = 1_073_741_824;
/** What an organization's files may take together. */
export const MOST_KEPT_BYTES = 2 * LARGEST_EXPORT_BYTES;
export const EXPORT_KEPT_DAYS = 7;
/** A worker that dies over an export is followed by another, so often in all. */
export const MOST_EXPORT_ATTEMPTS = 3;

const EXPORT_STATUSES = ["queued", "running", "done", "failed", "cancelled"] as const;

/** A file of items that a worker writes. */
export const largeExportSchema = z.object({
  id: z.uuid(),
  status: z.enum(EXPORT_STATUSES),
  query: itemExportQuerySchema,
  fileName: z.string(),
  createdByName: z.string(),
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
  /** When the file is deleted; null while there is none. */
  expiresAt: z.date().nullable(),
  /** Items that match; null until they are counted. */
  total: z.int().nullable(),
  itemsDone: z.int(),
  bytes: z.int(),
  /** Of the whole file, in hex; null until it is there. */
  sha256: z.string().nullable(),
  /** Why there is no file. */
  message: z.string().nullable(),
});
export type LargeExport = z.infer<typeof largeExportSchema>;

/** Whether a worker has it, or will. */
export function isGoing({ status }: Pick<LargeExport, "status">): boolean {
  return status === "queued" || status === "running";
}

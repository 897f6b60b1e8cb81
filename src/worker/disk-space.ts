import { statfs } from "node:fs/promises";
import type { DiskSpace } from "@/domain/disk-space";

/** The space on the disk that holds `folder`. */
export async function readDiskSpace(folder: string): Promise<DiskSpace> {
  const { bsize, bavail, blocks } = await statfs(folder);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

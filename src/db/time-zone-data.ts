import type { Tx } from "./transaction";

/** The version of the time zone data that every stored slot was computed with; null before the first time. */
export async function findTimeZoneData(tx: Tx): Promise<string | null> {
  const installation = await tx.installation.findUnique({ where: { id: 1 }, select: { timeZoneData: true } });
  return installation?.timeZoneData ?? null;
}

/** Notes that every stored slot agrees with this version of the time zone data. */
export async function storeTimeZoneData(tx: Tx, version: string): Promise<void> {
  await tx.installation.updateMany({ where: { id: 1 }, data: { timeZoneData: version } });
}

import type { JsonValue } from "@/domain/item";
import type { SentNotice } from "@/domain/notice";
import type { Notice as Row } from "@/generated/prisma/client";
import type { Tx } from "./transaction";

/** A row as messages tell of it. */
export function toSentNotice({ id, at, type, title, text, path, data }: Row): SentNotice {
  return { id, at, type, title, text, path, data: data as Record<string, JsonValue> };
}

/** The organization's newest notice of a type; null when none is kept. */
export async function findNewestNotice(tx: Tx, orgId: string, type: string): Promise<SentNotice | null> {
  const row = await tx.notice.findFirst({ where: { orgId, type }, orderBy: { at: "desc" } });
  return row && toSentNotice(row);
}

import { Prisma } from "@/generated/prisma/client";
import type { RunNotice } from "./notify";

/** A source, and the run that collects it. */
export interface ListOwner extends RunNotice {
  sourceId: string;
}

/** What an item is known by, among those of all organizations. */
export interface ItemKey {
  sourceId: string;
  key: string;
}

/** The same text for the same item. */
export function keyOf({ sourceId, key }: ItemKey): string {
  return `${sourceId} ${key}`;
}

/** Rows of these, as something to select from: `org_id`, `run_id`, `source_id`. As arrays the database knows beforehand how many there are. */
export function listOwners(lists: readonly ListOwner[]): Prisma.Sql {
  const column = (name: keyof ListOwner) => lists.map((list) => list[name]);
  return Prisma.sql`(select * from unnest(${column("orgId")}::uuid[], ${column("runId")}::uuid[], ${column("sourceId")}::uuid[])
    as owner(org_id, run_id, source_id))`;
}

import { randomUUID } from "node:crypto";
import type pg from "pg";
import pino from "pino";
import { createDatabase } from "@/db/client";
import { saveItems } from "@/db/collected-items";
import type { CollectedItem } from "@/domain/item";
import { createOrganization } from "@/testing/factories";
import { hashItems } from "@/worker/hash-items";
import { hear, say } from "../child";

/** Sources whose items are stored at the same time, as in a run. */
const PARALLEL = 4;

/** Items as collectors hand them over, of so many sources; stored as a run stores them. */
const { connection, sources, itemsPerSource } = await hear<{ connection: pg.ClientConfig; sources: number; itemsPerSource: number }>();
const log = pino({ level: "warn" }, pino.destination(2));
const db = createDatabase(connection, { poolSize: 10, log });

function itemsOf(source: number): CollectedItem[] {
  return Array.from({ length: itemsPerSource }, (_, nth) => {
    const url = `https://example.org/${source}/${nth}`;
    const summary = `What stands in the source ${source} about its item ${nth}, with about as many words as such a summary has. `.repeat(3);
    return { key: url, title: `Item ${nth} of source ${source}`, url, publishedAt: new Date(1_795_762_800_000 + nth), fields: { summary, author: "Ada" } };
  });
}

async function saveAll({ orgId, sourceIds }: { orgId: string; sourceIds: string[] }): Promise<number> {
  const runId = randomUUID();
  const startedMs = performance.now();
  let next = 0;
  const lane = async () => {
    while (next < sourceIds.length) {
      const source = next++;
      const items = await hashItems(itemsOf(source));
      await db.withSql((tx) => saveItems(tx, { orgId, runId, token: randomUUID() }, sourceIds[source] ?? "", items));
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, lane));
  return performance.now() - startedMs;
}

say({ ready: true });
for (;;) {
  await hear();
  const organization = await createOrganization(db, { urls: Array.from({ length: sources }, (_, nth) => `https://example.org/${nth}`) });
  const newMs = await saveAll(organization);
  say({ saved: { newMs, unchangedMs: await saveAll(organization) } });
}

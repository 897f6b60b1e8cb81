import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Database } from "@/db/client";
import { saveItems } from "@/db/collected-items";
import { withClient } from "@/db/connect";
import type { TestDatabase } from "@/testing/database";
import { createOrganization } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import { silentLog } from "@/testing/silent-log";
import { until } from "@/testing/until";
import { createWordWriter } from "./write-words";

let db: Database;
let server: TestDatabase;

ownDatabase((own) => {
  ({ db, server } = own);
});

/** As only the owner sees them. */
const countRows = (table: "item_words" | "unindexed_items") =>
  withClient(
    server.ownerConnection,
    async (client) => (await client.query<{ count: number }>(`select count(*)::int as count from app.${table}`)).rows[0]?.count,
  );

async function saveItem(key: string) {
  const { orgId, sourceIds } = await createOrganization(db);
  const item = { key, title: "Milk", fields: {}, contentHash: "" };
  await db.withSystem((tx) => saveItems(tx, { orgId, runId: randomUUID(), token: randomUUID() }, sourceIds[0] ?? "", [item]));
}

const wordsAreWritten = (many: number) =>
  until(
    db,
    () => countRows("item_words"),
    (count) => count === many,
  );

test("words are written soon after items came, again and again, by any number of processes, until they are stopped", async () => {
  await saveItem("a");
  const writers = [1, 2].map(() => createWordWriter({ db, log: silentLog, everyMs: 1 }));
  for (const writer of writers) writer.start();
  await wordsAreWritten(1);
  await saveItem("b");
  await wordsAreWritten(2);
  await Promise.all(writers.map((writer) => writer.stop()));
  expect(await countRows("unindexed_items")).toBe(0);
  await saveItem("c");
  expect(await countRows("unindexed_items")).toBe(1);
});

test("a database that fails is told of and asked again", async () => {
  const reasons: object[] = [];
  const warn = (details: object) => void reasons.push(details);
  let failures = 1;
  const withSystem: Database["withSystem"] = (work) => (failures-- > 0 ? Promise.reject(new Error("gone")) : db.withSystem(work));
  await saveItem("d");
  const writer = createWordWriter({ db: { ...db, withSystem }, log: { ...silentLog, warn } as typeof silentLog, everyMs: 1 });
  writer.start();
  await until(
    db,
    () => countRows("unindexed_items"),
    (count) => count === 0,
  );
  await writer.stop();
  expect(reasons).toEqual([{ reason: "gone" }]);
});

import { randomUUID } from "node:crypto";
import { beforeEach, expect, it } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import type { TestDatabase } from "@/testing/database";
import { createOrganization, recordRun, type TestOrganization } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import { somebodyWaits } from "@/testing/somebody-waits";
import { until } from "@/testing/until";
import type { Database } from "./client";
import { saveItems } from "./collected-items";
import { withClient } from "./connect";
import { findItemsWithText, holdsText, itemsHolding, writeItemWords } from "./item-search";
import { listItems } from "./items";
import { listByWords } from "./items-by-words";
import { findInOrder } from "./items-in-order";
import { readSystemFacts } from "./system-facts";
import type { Tx } from "./transaction";

let db: Database;
let server: TestDatabase;
let organization: TestOrganization;

ownDatabase((own) => {
  ({ db, server } = own);
});

beforeEach(async () => {
  organization = await createOrganization(db);
});

async function save(titles: Record<string, string>, { orgId, sourceIds } = organization) {
  const { id: runId } = await recordRun(db, { orgId });
  const items = Object.entries(titles).map(([key, title]) => ({ key, title, fields: {}, contentHash: title }));
  await db.withSystem((tx) => saveItems(tx, { orgId, runId, token: randomUUID() }, sourceIds[0] ?? "", items));
}

const writeAll = () =>
  db.withSystem(async (tx) => {
    while ((await writeItemWords(tx)) !== null);
  });

const titlesWith = (text: string, { orgId } = organization) =>
  db.withTenant(orgId, async (tx) => (await listItems(tx, orgId, { text, limit: 50 })).items.map(({ title }) => title));

/** Rows of the index and of what is still to be written, as only the owner sees them. */
const countRows = (table: "item_words" | "unindexed_items", { orgId } = organization) =>
  withClient(server.ownerConnection, async (client) => {
    const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from app.${table} where org_id = $1`, [orgId]);
    return rows[0]?.count;
  });

it("follows what items become, whether or not the index has caught up, and forgets them with their source", async () => {
  await save({ a: "Milk", b: "Tea" });
  await writeAll();
  await save({ a: "Cocoa", b: "Tea" });
  expect([await titlesWith("milk"), await titlesWith("cocoa"), await titlesWith("tea")]).toEqual([[], ["Cocoa"], ["Tea"]]);
  // Only what changed is written again.
  expect([await countRows("item_words"), await countRows("unindexed_items")]).toEqual([1, 1]);
  const unindexed = async () => (await db.withSystem(readSystemFacts)).unindexedItems;
  expect(await unindexed()).toBe(1);
  await writeAll();
  expect(await unindexed()).toBe(0);
  expect([await titlesWith("milk"), await titlesWith("cocoa")]).toEqual([[], ["Cocoa"]]);
  await db.system.item.deleteMany({ where: { orgId: organization.orgId } });
  expect(await countRows("item_words")).toBe(0);
});

it("keeps no words of an item that is deleted while they are written, whichever began first", async () => {
  const { orgId } = organization;
  const words = () => countRows("item_words");
  const remove = (tx: Tx, key: string) => tx.item.deleteMany({ where: { orgId, key } });
  await save({ a: "Milk", b: "Tea" });
  const deleted = await db.withSystem(async (tx) => {
    await writeItemWords(tx);
    const deleting = db.withSystem((other) => remove(other, "a"));
    await until(db, () => somebodyWaits(db), Boolean);
    return [deleting];
  });
  await Promise.all(deleted);
  expect(await words()).toBe(1);

  await save({ c: "Cocoa" });
  await db.withSystem(async (tx) => {
    await remove(tx, "c");
    expect(await db.withSystem(writeItemWords)).toBeNull();
  });
  await writeAll();
  expect([await words(), await countRows("unindexed_items")]).toEqual([1, 0]);
});

it("counts an item once that changed while its words were being written", async () => {
  await save({ a: "Milk" });
  await writeAll();
  // As two transactions leave it that do not see each other: it is in the index, and to be indexed.
  await withClient(server.ownerConnection, (client) =>
    client.query("insert into app.unindexed_items (org_id, item_ids) select org_id, array[item_id] from app.item_words where org_id = $1", [
      organization.orgId,
    ]),
  );
  const { orgId } = organization;
  const { total, items } = await db.withTenant(orgId, (tx) => listItems(tx, orgId, { text: "milk", limit: 1 }));
  expect([total, items.length]).toEqual([1, 1]);
});

it("answers for the organization of the transaction only, and the program cannot read it by other means", async () => {
  const other = await createOrganization(db);
  await save({ a: "Milk" }, other);
  await save({ a: "Milk" });
  const ofOther = () => db.withTenant(organization.orgId, (tx) => findItemsWithText(tx, other.orgId, "milk", 10));
  expect(await ofOther()).toEqual([]);
  await writeAll();
  expect(await ofOther()).toEqual([]);
  expect(await titlesWith("milk")).toHaveLength(1);
  expect(await db.withTenant(other.orgId, (tx) => findItemsWithText(tx, other.orgId, "milk", 10))).toHaveLength(1);
  const { id: ofOtherId } = await db.system.item.findFirstOrThrow({ where: { orgId: other.orgId } });
  const held = itemsHolding(other.orgId, "milk", Prisma.sql`array[${ofOtherId}::bigint]`, 1);
  expect(await db.withTenant(organization.orgId, (tx) => tx.$queryRaw`select ${held} as ids`)).toEqual([{ ids: [] }]);
  const ofOwn = itemsHolding(organization.orgId, "milk", Prisma.sql`array[${ofOtherId}::bigint]`, 1);
  expect(await db.withTenant(organization.orgId, (tx) => tx.$queryRaw`select ${ofOwn} as ids`)).toEqual([{ ids: [] }]);
  expect(await db.withTenant(other.orgId, (tx) => tx.$queryRaw`select ${held} as ids`)).toEqual([{ ids: [ofOtherId] }]);
  const matches = await db.withTenant(organization.orgId, async (tx) => {
    const { id } = await db.system.item.findFirstOrThrow({ where: { orgId: other.orgId } });
    return tx.$queryRaw`
      select app.item_matches(${id}, ${other.orgId}::uuid, '', '', '{}', app.words_query(${other.orgId}::uuid, '[{"text":"milk"}]')) as matches`;
  });
  expect(matches).toEqual([{ matches: false }]);
  for (const table of ["item_words", "unindexed_items"]) {
    await expect(db.system.$queryRawUnsafe(`select 1 from app.${table}`)).rejects.toThrow(/permission denied/);
  }
  await expect(db.withTenant(organization.orgId, writeItemWords)).resolves.toBeNull();
  expect(await db.withTenant(organization.orgId, (tx) => tx.$queryRaw`select app.unindexed_count() as count`)).toEqual([{ count: null }]);
});

it("tells a search for something frequent from a rare one, and counts what else narrows it", async () => {
  const { orgId, sourceIds } = organization;
  await db.system.$executeRaw`
    insert into item (org_id, source_id, key, title, fields, content_hash, first_seen_at, first_seen_run_id, last_seen_at, last_seen_run_id, last_changed_at, last_changed_run_id)
    select ${orgId}::uuid, ${sourceIds[0]}::uuid, n::text, case when n = 7 then 'rare milk' else 'milk' end, '{}', '', now(), ${orgId}::uuid, now(), ${orgId}::uuid,
      now() + n * interval '1 second', case when n > 10000 then ${randomUUID()}::uuid else ${orgId}::uuid end from generate_series(1, 10003) n`;
  await writeAll();
  const list = (filter: { text: string; state?: "changed" }) => db.withTenant(orgId, (tx) => listItems(tx, orgId, { ...filter, limit: 2 }));
  expect(await list({ text: "milk" })).toMatchObject({ total: null, atLeast: 10_000, items: [{ key: "10003" }, { key: "10002" }] });
  expect(await list({ text: "milk", state: "changed" })).toMatchObject({ total: 3, atLeast: 3 });
  expect(await list({ text: "milk -rare" })).toMatchObject({ total: null });
  expect(await list({ text: "rare" })).toMatchObject({ total: 1, items: [{ key: "7" }] });
  expect(await list({ text: "-milk" })).toMatchObject({ total: 0, atLeast: 0 });

  // Once there are statistics, the index is not asked for what it would go through at length.
  await withClient(server.ownerConnection, (client) => client.query("analyze app.item_words"));
  const found = (text: string, most: number) => db.withTenant(orgId, (tx) => findItemsWithText(tx, orgId, text, most));
  expect([await found('"milk"', 10_000), await found('"milk"', 2_000), await found('"milk"', 100)]).toEqual(["many", "many", "unknown"]);
  const rare = [expect.any(String)];
  expect([await found('"rare"', 100), await found('"milk" "rare"', 100), await found("-milk", 10_000)]).toEqual([rare, rare, "unknown"]);
});

it("finds the same by the index of words, by the words of each item and in the list's order", async () => {
  const { orgId } = organization;
  const words = ["fresh milk", "milk, fresh", "fresh", "milkshake", "Môlk", "tea"];
  const titles = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`${n}`, `${words[n % words.length]} ${n % 7 === 0 ? "oat" : ""}`]));
  await save(titles);
  await writeAll();
  // Some of them are not in the index yet.
  await save(Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`new ${n}`, `${words[n % 3]} new`])));
  await save({ 0: "oat again", 1: "milk again" });
  const ways = (text: string) =>
    db.withTenant(orgId, async (tx) => {
      const all = (await listItems(tx, orgId, { limit: 200 })).items.map(({ id }) => id);
      const one = async (query: Prisma.Sql) => (await tx.$queryRaw<[{ ids: bigint[] }]>`select ${query} as ids`)[0].ids.map(String);
      const page = { after: Prisma.empty, most: 200 };
      return {
        oneByOne: await one(Prisma.sql`array(select i.id from item i where ${holdsText(orgId, text)[0]} order by i.last_changed_at desc, i.id desc)`),
        together: await one(itemsHolding(orgId, text, Prisma.sql`${all}::bigint[]`, 200)),
        inOrder: (await findInOrder(tx, orgId, { text }, page)).ids,
        byWords: await listByWords(tx, orgId, { text, matching: Prisma.sql`i.org_id = ${orgId}::uuid`, most: 200 }, page),
        listed: (await listItems(tx, orgId, { text, limit: 200 })).items.map(({ id }) => id),
      };
    });
  for (const [text, count] of Object.entries({ milk: 43, mil: 43, '"fresh milk"': 16, "fresh -oat": 43, molk: 10, again: 2, nothing: 0 })) {
    const { oneByOne, together, inOrder, byWords, listed } = await ways(text);
    expect([text, oneByOne.length]).toEqual([text, count]);
    expect({ together, inOrder, listed, byWords }).toEqual({
      together: oneByOne,
      inOrder: oneByOne,
      listed: oneByOne,
      byWords: { ids: oneByOne, total: count },
    });
  }
});

import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { createOrganization } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import type { Database } from "./client";
import { saveItems } from "./collected-items";
import { listItems } from "./items";
import type { Tx } from "./transaction";

let db: Database;

ownDatabase((own) => {
  ({ db } = own);
});

/** The same transaction, in which something else happens after the first question. */
function withMeanwhile(tx: Tx, meanwhile: () => Promise<unknown>): Tx {
  let asked = 0;
  const $queryRaw = async (...query: Parameters<Tx["$queryRaw"]>) => {
    const rows = await tx.$queryRaw(...query);
    if (asked++ === 0) await meanwhile();
    return rows;
  };
  return new Proxy(tx, { get: (target, name) => (name === "$queryRaw" ? $queryRaw : Reflect.get(target, name)) });
}

it("goes on behind an item that is deleted while its page is read", async () => {
  const { orgId, sourceIds } = await createOrganization(db);
  const lease = { orgId, runId: randomUUID(), token: randomUUID() };
  const items = ["a", "b", "c"].map((key) => ({ key, fields: {}, contentHash: key }));
  await db.withSystem((tx) => saveItems(tx, lease, sourceIds[0] ?? "", items));
  const keysOf = (page: { items: { key: string }[] }) => page.items.map(({ key }) => key);
  const first = await db.withTenant(orgId, (tx) =>
    listItems(
      withMeanwhile(tx, () => db.system.item.deleteMany({ where: { orgId, key: "b" } })),
      orgId,
      { limit: 1 },
    ),
  );
  const next = await db.withTenant(orgId, (tx) => listItems(tx, orgId, { limit: 1, cursor: first.nextCursor }));
  expect([keysOf(first), keysOf(next)]).toEqual([["c"], ["a"]]);
});

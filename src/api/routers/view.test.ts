import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findSavedView } from "@/db/saved-views";
import { MOST_SAVED_VIEWS } from "@/domain/saved-view";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";
import { callProcedure } from "@/testing/call-procedure";

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

const filter = { text: "milk", state: "new", collectedFrom: "2026-11-01", publishedTo: "2026-11-30" } as const;

test("a view is kept with its whole filter, for everybody in the organization, by name", async () => {
  const { orgId, session } = await world.organization();
  const owner = world.caller(session);
  await owner.view.create({ name: " Oat ", filter: { text: "oat" } });
  const view = await owner.view.create({ name: "Milk", filter });
  const colleague = world.caller(await world.join(orgId, "viewer"));
  expect(await colleague.view.list()).toMatchObject([
    { name: "Milk", filter, createdByName: "Ada Lovelace" },
    { name: "Oat", filter: { text: "oat" } },
  ]);
  const found = (id: string) => world.db.withTenant(orgId, (tx) => findSavedView(tx, orgId, id));
  expect(await found(view.id)).toMatchObject({ name: "Milk", filter });
  expect(await found(randomUUID())).toBeNull();
});

test("a view takes another name or another filter, and what is left out stays", async () => {
  const { session } = await world.organization();
  const owner = world.caller(session);
  const { id } = await owner.view.create({ name: "Milk", filter });
  expect(await owner.view.update({ id, name: "Cheese" })).toMatchObject({ name: "Cheese", filter });
  expect(await owner.view.update({ id, filter: { text: "cheese" } })).toMatchObject({ name: "Cheese", filter: { text: "cheese" } });
  await owner.view.remove({ id });
  expect(await owner.view.list()).toEqual([]);
  expect(await callProcedure(world, session, "view.remove", { id })).toMatchObject({ code: "NOT_FOUND" });
});

test("a name is taken once, also by two who save at once, and one's own name is not taken", async () => {
  const { session } = await world.organization();
  const save = () => callProcedure(world, session, "view.create", { name: "Milk", filter });
  const codes = (await Promise.all([save(), save()])).map(({ code }) => code);
  expect(codes.sort()).toEqual(["BAD_REQUEST", undefined]);
  const owner = world.caller(session);
  const [view] = await owner.view.list();
  expect(await owner.view.update({ id: view?.id ?? "", name: "Milk", filter: { text: "cheese" } })).toMatchObject({ filter: { text: "cheese" } });
  const { id } = await owner.view.create({ name: "Oat", filter });
  expect(await callProcedure(world, session, "view.update", { id, name: "Milk" })).toMatchObject({ code: "BAD_REQUEST" });
});

test("a view that filters nothing is refused, and so is one too many", async () => {
  const { orgId, session } = await world.organization();
  const refused = { code: "BAD_REQUEST" };
  for (const nothing of [{}, { text: "  " }, { other: "x" }]) {
    expect(await callProcedure(world, session, "view.create", { name: "All", filter: nothing })).toMatchObject(refused);
  }
  await world.db.system.savedView.createMany({ data: Array.from({ length: MOST_SAVED_VIEWS }, (_, index) => ({ orgId, name: `View ${index}`, filter })) });
  expect(await callProcedure(world, session, "view.create", { name: "One more", filter })).toMatchObject(refused);
});

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { INVALID_KEY, type KeyScope } from "@/domain/api-key";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";
import { recordRun } from "@/testing/factories";
import { shareApiWorld } from "@/testing/share-api-world";
import { handleItemExport } from "./export-items";

const BASE_URL = "http://localhost:3000";

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
  shareApiWorld(world);
});

afterAll(() => world.close());

/** An organization with so many items, each with a title and fields of its own. */
async function newReader({ items = 0, scopes = ["read"] as KeyScope[] } = {}) {
  const organization = await world.organization({ urls: ["https://example.org/a", "https://example.org/b"] });
  const { orgId, sourceIds } = organization;
  const runId: string = randomUUID();
  const add = (count: number, sourceId = sourceIds[0] ?? "", run = runId) => world.db.system.$executeRaw`
    insert into item (org_id, source_id, key, title, fields, content_hash, first_seen_at, first_seen_run_id, last_seen_at, last_seen_run_id, last_changed_at, last_changed_run_id)
    select ${orgId}::uuid, ${sourceId}::uuid, gen_random_uuid()::text, case when n % 10 = 0 then 'Butter ' else 'Milk ' end || n, jsonb_build_object('price', n, 'note', '=1+1'),
      '', '2026-11-20T08:00:00.123Z', ${run}::uuid, '2026-11-20T08:00:00Z', ${run}::uuid, '2026-11-20T08:00:00Z', ${run}::uuid
    from generate_series(1, ${count}::int) as n`;
  await add(items);
  const key = await world.key(organization, scopes);
  const ask = (query: string, init: RequestInit = {}) =>
    handleItemExport(
      new Request(`${BASE_URL}/api/items/export?${query}`, { headers: { authorization: `Bearer ${key.token}`, "x-forwarded-for": randomUUID() }, ...init }),
    );
  return { ...organization, runId, add, key, ask };
}

async function readLines(response: Response): Promise<{ id: string; title: string; firstSeenAt: string; fields: object }[]> {
  const lines = (await response.text()).split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
}

describe("an export", () => {
  test("holds every item that matches, each once, over many batches", async () => {
    const { ask } = await newReader({ items: 4_500 });
    await newReader({ items: 3 });
    const response = await ask("format=jsonl");
    expect(response.headers.get("content-type")).toBe("application/jsonl; charset=utf-8");
    expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="items_\d{4}-\d\d-\d\d\.jsonl"$/);
    const items = await readLines(response);
    expect(items).toHaveLength(4_500);
    expect(new Set(items.map(({ id }) => id)).size).toBe(4_500);
    expect(items[0]).toMatchObject({ title: "Milk 1", firstSeenAt: "2026-11-20T08:00:00.123+00:00", fields: { price: 1 } });
  });

  test("ends cleanly after a batch that is exactly full", async () => {
    const { ask } = await newReader({ items: 2_000 });
    expect(JSON.parse(await (await ask("format=json")).text())).toHaveLength(2_000);
  });

  test("holds what the Items page's filters leave", async () => {
    const { ask, add, sourceIds, runId } = await newReader({ items: 20 });
    const otherRun = randomUUID();
    await add(30, sourceIds[1], otherRun);
    expect(await readLines(await ask("format=jsonl&q=butter"))).toHaveLength(5);
    expect(await readLines(await ask(`format=jsonl&source=${sourceIds[1]}`))).toHaveLength(30);
    expect(await readLines(await ask(`format=jsonl&run=${runId}`))).toHaveLength(20);
    expect(await readLines(await ask(`format=jsonl&run=${otherRun}&q=butter`))).toHaveLength(3);
  });

  test("as CSV has a column for each field and is safe to open in a spreadsheet", async () => {
    const { ask } = await newReader({ items: 1 });
    const lines = (await (await ask("format=csv&separator=semicolon")).text()).split("\r\n");
    expect(lines[0]).toBe("id;source;key;title;url;published_at;state;first_seen_at;last_changed_at;last_seen_at;times_seen;note;price;other_fields");
    expect(lines[1]).toMatch(/;'=1\+1;1;$/);
  });

  test("has columns for the fields of the sources that can be in it: of a preset, of a run, and of all where the run is gone", async () => {
    const { ask, add, orgId, sourceIds, session, runId: deleted } = await newReader({ items: 1 });
    const [, second = ""] = sourceIds;
    const { id: runId } = await recordRun(world.db, { orgId }, {}, [{ sourceId: second }]);
    await add(1, second, runId);
    await world.db.system.item.updateMany({ where: { orgId, sourceId: second }, data: { fields: { fat: 3.5 } } });
    const { id: presetId } = await world.caller(session).preset.create({ name: "Second", sourceIds: [second] });
    const fieldsOf = async (query: string) => (await (await ask(`format=csv${query}`)).text()).split("\r\n")[0]?.split(",").slice(11, -1);
    expect(await fieldsOf("")).toEqual(["fat", "note", "price"]);
    expect(await fieldsOf(`&preset=${presetId}`)).toEqual(["fat"]);
    expect(await fieldsOf(`&run=${runId}`)).toEqual(["fat"]);
    expect(await fieldsOf(`&run=${deleted}`)).toEqual(["fat", "note", "price"]);
  });

  test("as JSON Lines and JSON has of each item what the chosen columns name, as it was collected", async () => {
    const { ask, orgId, sourceIds } = await newReader({ items: 2 });
    await world.db.system.$executeRaw`update item set fields = fields || '{"big": 12345678901234567890, "deep": {"a": [1]}}' where org_id = ${orgId}::uuid`;
    const columns = (...names: string[]) => names.map((name) => `&column=${name}`).join("");
    expect(await readLines(await ask(`format=jsonl${columns("title", "note")}`))).toEqual([
      { title: "Milk 1", fields: { note: "=1+1" } },
      { title: "Milk 2", fields: { note: "=1+1" } },
    ]);
    const [own] = JSON.parse(await (await ask(`format=json${columns("source", "published_at", "nothing")}`)).text());
    expect(own).toEqual({ sourceId: sourceIds[0], sourceName: expect.any(String), publishedAt: null, fields: {} });
    expect(Object.keys((await readLines(await ask(`format=jsonl${columns("id")}`)))[0] ?? {})).toEqual(["id"]);
    const rest = await (await ask(`format=jsonl${columns("other_fields", "deep")}`)).text();
    expect(rest.split("\n")[0]).toBe('{"fields":{"deep": {"a": [1]}}}');
    expect(await (await ask(`format=jsonl${columns("big")}`)).text()).toContain('{"big": 12345678901234567890}');
  });

  test("finds what is rare among many", async () => {
    const { ask, add, orgId } = await newReader({ items: 5_000 });
    await add(1);
    await world.db.system.$executeRaw`update item set title = 'Whey' where id = (select max(id) from item where org_id = ${orgId}::uuid)`;
    expect(await readLines(await ask("format=jsonl&q=whey"))).toMatchObject([{ title: "Whey" }]);
    expect(await (await ask("format=jsonl&q=nothing")).text()).toBe("");
  });

  test("takes items that are large a few at a time, and leaves none out", async () => {
    const { ask, orgId } = await newReader({ items: 12 });
    // Random, so that it is as large where it is stored.
    await world.db.system.$executeRaw`
      update item set fields = jsonb_build_object('large', (select string_agg(md5(item.id::text || n), '') from generate_series(1, 50000) as n)) where org_id = ${orgId}::uuid`;
    const response = await ask("format=jsonl");
    const chunks: number[] = [];
    const lines: string[] = [];
    const write = (chunk: Uint8Array) => {
      chunks.push(chunk.length);
      lines.push(...Buffer.from(chunk).toString().split("\n").filter(Boolean));
    };
    await response.body?.pipeTo(new WritableStream({ write }));
    expect(lines.map((line) => JSON.parse(line).title)).toHaveLength(12);
    expect(chunks.length).toBeGreaterThan(1);
  });

  test("does not grow by what comes in meanwhile", async () => {
    const { ask, add } = await newReader({ items: 2_500 });
    const response = await ask("format=jsonl");
    await add(100);
    expect(await readLines(response)).toHaveLength(2_500);
  });
});

describe("an export that may not be", () => {
  test("says which part of the query is wrong", async () => {
    const { ask } = await newReader();
    const response = await ask("format=xml");
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ message: "Nothing was exported. format: The format is one of csv, xlsx, json, jsonl." });
  });

  test("is refused without a session or key, and to a key that may not read", async () => {
    const signedOut = await handleItemExport(new Request(`${BASE_URL}/api/items/export?format=csv`));
    expect(signedOut.status).toBe(401);
    expect(await signedOut.json()).toEqual({ message: "You are signed out. Sign in to go on." });
    const { ask } = await newReader({ scopes: ["run"] });
    expect((await ask("format=csv")).status).toBe(403);
  });

  test("breaks off, and does not look complete, when its key is revoked on the way", async () => {
    const { ask, key } = await newReader({ items: 8_000 });
    const response = await ask("format=jsonl");
    const reader = response.body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    await world.db.system.apiKey.delete({ where: { id: key.id } });
    await expect(readOut(reader)).rejects.toThrow(INVALID_KEY);
  });

  test("that is broken off while it is read is no fault, and makes room for one other", async () => {
    const { ask } = await newReader({ items: 4_500 });
    const before = world.logged.length;
    const reader = (await ask("format=jsonl")).body?.getReader();
    await reader?.read();
    const pending = reader?.read();
    await reader?.cancel();
    await pending;
    expect(world.logged.length).toBe(before);
    const open = [await ask("format=csv"), await ask("format=csv"), await ask("format=csv")];
    expect((await ask("format=csv")).status).toBe(429);
    for (const response of open) await response.body?.cancel();
  });

  test("whose client is gone before it begins makes room, too, and a question for its head takes none", async () => {
    const { ask } = await newReader({ items: 1 });
    const gone = new AbortController();
    for (let times = 0; times < 3; times++) await ask("format=csv", { signal: gone.signal });
    gone.abort();
    for (let times = 0; times < 4; times++) {
      const head = await ask("format=csv", { method: "HEAD" });
      expect([head.status, head.body]).toEqual([200, null]);
    }
    await (await ask("format=csv")).text();
  });

  test("is refused while three of the same key are being sent, and not afterwards", async () => {
    const { ask } = await newReader({ items: 2_500 });
    const open = [await ask("format=csv"), await ask("format=csv"), await ask("format=csv")];
    expect((await ask("format=csv")).status).toBe(429);
    for (const response of open) await response.body?.cancel();
    const again = await ask("format=csv");
    expect(again.status).toBe(200);
    await again.text();
  });
});

async function readOut(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<void> {
  for (;;) if ((await reader?.read())?.done !== false) return;
}

import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { handleExportDownload } from "@/api/download-export";
import { countForExport, noteProgress, takeExport } from "@/db/export-lease";
import { reapExports } from "@/db/reap-exports";
import { pruneLeftovers } from "@/db/retention";
import type { ExportFormat } from "@/domain/item-export";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";
import { readZip } from "@/testing/read-zip";
import { shareApiWorld } from "@/testing/share-api-world";
import { silentLog } from "@/testing/silent-log";
import { writeExport } from "./write-export";

const BASE_URL = "http://localhost:3000";
const ITEMS = 5_000;
const NEVER = new AbortController().signal;

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
  shareApiWorld(world);
});

afterAll(() => world.close());

async function newOrganization(items = ITEMS) {
  const organization = await world.organization();
  const { orgId, sourceIds } = organization;
  const runId = randomUUID();
  await world.db.system.$executeRaw`
    insert into item (org_id, source_id, key, title, fields, content_hash, first_seen_at, first_seen_run_id, last_seen_at, last_seen_run_id, last_changed_at, last_changed_run_id)
    select ${orgId}::uuid, ${sourceIds[0]}::uuid, n::text, 'Milk ' || n, '{}', '', at, ${runId}::uuid, at, ${runId}::uuid, at, ${runId}::uuid
    from generate_series(1, ${items}::int) n, lateral (select timestamptz '2026-11-20T08:00:00Z' as at) clock`;
  const owner = world.caller(organization.session);
  const key = await world.key(organization, ["read"]);
  const start = async (format: ExportFormat = "jsonl") => (await owner.export.start({ format })).id;
  const find = async (id: string) => (await owner.export.list()).find((each) => each.id === id);
  const fetchFile = (id: string, init: RequestInit = {}, headers: Record<string, string> = {}) =>
    handleExportDownload(
      new Request(`${BASE_URL}/api/items/exports/${id}`, {
        headers: { authorization: `Bearer ${key.token}`, "x-forwarded-for": randomUUID(), ...headers },
        ...init,
      }),
      { params: Promise.resolve({ id }) },
    );
  return { ...organization, owner, start, find, fetchFile };
}

const work = (id: string, options: Partial<Parameters<typeof writeExport>[2]> = {}) =>
  writeExport({ db: world.db, log: silentLog }, id, { signal: NEVER, chunkBytes: 50_000, ...options });

/** Whether pieces of the file are stored. */
const chunksOf = (exportId: string) => world.db.system.itemExportChunk.count({ where: { exportId } });

/** What the worker does, up to a piece: there its process ends. */
async function dieAfter(id: string, pieces: number): Promise<void> {
  const transactions = { ...world.db };
  let saved = 0;
  transactions.withSystem = async (doIt) => {
    const result = await world.db.withSystem(doIt);
    if ((await chunksOf(id)) > saved) saved++;
    return saved >= pieces ? await new Promise<never>(() => {}) : result;
  };
  void writeExport({ db: transactions, log: silentLog }, id, { signal: NEVER, chunkBytes: 50_000 });
  while (saved < pieces) await new Promise((resolve) => setImmediate(resolve));
}

const leaseIsOver = (id: string) => world.db.system.$executeRaw`update item_export set lease_expires_at = now() - interval '1 second' where id = ${id}::uuid`;

describe("a large export", () => {
  test.each(["jsonl", "xlsx"] as const)("as %s is written in pieces and fetched as one file, with its length and checksum", async (format) => {
    const { start, find, fetchFile } = await newOrganization();
    const id = await start(format);
    expect((await fetchFile(id)).status).toBe(404);
    await work(id);
    const done = await find(id);
    expect(done).toMatchObject({ status: "done", total: ITEMS, itemsDone: ITEMS, createdByName: "Ada Lovelace" });
    expect(Math.round(((done?.expiresAt?.getTime() ?? 0) - (done?.finishedAt?.getTime() ?? 0)) / 86_400_000)).toBe(7);
    expect(await chunksOf(id)).toBeGreaterThan(1);
    const response = await fetchFile(id);
    const file = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get("content-length")).toBe(String(file.length));
    expect(createHash("sha256").update(file).digest("hex")).toBe(done?.sha256);
    const rows =
      format === "xlsx" ? (readZip(file).get("xl/worksheets/sheet1.xml")?.split("<row ").length ?? 0) - 2 : file.toString().trimEnd().split("\n").length;
    expect(rows).toBe(ITEMS);
  });

  test("is gone on with where a reader was cut off, and breaks off where it is deleted meanwhile", async () => {
    const { start, fetchFile, owner } = await newOrganization();
    const id = await start();
    await work(id);
    const ask = async (headers: Record<string, string>) => {
      const response = await fetchFile(id, {}, headers);
      return { status: response.status, range: response.headers.get("content-range"), length: response.headers.get("content-length"), response };
    };
    const whole = await (await fetchFile(id)).text();
    const etag = (await fetchFile(id, { method: "HEAD" })).headers.get("etag") ?? "";
    for (const [range, part] of [
      ["bytes=0-0", whole.slice(0, 1)],
      ["bytes=49990-50010", whole.slice(49_990, 50_011)],
      ["bytes=60000-", whole.slice(60_000)],
      ["bytes=-7", whole.slice(-7)],
    ] as const) {
      const { status, length, response } = await ask({ range, "if-range": etag });
      expect([status, length, await response.text()]).toEqual([206, String(part.length), part]);
    }
    expect(await ask({ range: "bytes=5-9" })).toMatchObject({ status: 206, range: `bytes 5-9/${whole.length}` });
    expect(await ask({ range: `bytes=${whole.length}-` })).toMatchObject({ status: 416, range: `bytes */${whole.length}` });
    const { status, response: anew } = await ask({ range: "bytes=5-9", "if-range": '"another"' });
    expect([status, (await ask({ "if-none-match": etag })).status]).toEqual([200, 304]);
    const body = anew.body?.getReader();
    await body?.read();
    await owner.export.remove({ id });
    await expect(
      (async () => {
        while (!(await body?.read())?.done);
      })(),
    ).rejects.toThrow("There is no such file.");
  });

  test("is counted for the progress as far as the index of words goes, and what only leaves out is not", async () => {
    const { orgId, start, find } = await newOrganization();
    const exportId = await start();
    const token = randomUUID();
    await world.db.withSystem((tx) => takeExport(tx, exportId, token));
    const lease = { orgId, exportId, token };
    const count = (text: string) => world.db.withSystem((tx) => countForExport(tx, lease, { text }, String(Number.MAX_SAFE_INTEGER)));
    await count("-butter");
    expect((await find(exportId))?.total).toBeNull();
    await world.db.withSystem((tx) => noteProgress(tx, lease, 2_000));
    expect(await find(exportId)).toMatchObject({ itemsDone: 2_000, total: null });
    // Not in the index yet: the newest 3,000 of them are looked at.
    await count("milk");
    expect((await find(exportId))?.total).toBe(3_000);
    await world.db.withSystem((tx) => noteProgress(tx, lease, 4_000));
    expect(await find(exportId)).toMatchObject({ itemsDone: 4_000, total: 4_000 });
  });

  test("is nobody else's to fetch", async () => {
    const [own, other] = [await newOrganization(10), await newOrganization(10)];
    const id = await own.start();
    await work(id);
    expect((await other.fetchFile(id)).status).toBe(404);
    expect((await own.fetchFile(id, { method: "HEAD" })).status).toBe(200);
  });

  test.each([1, 4, 8])("whose worker dies after %i pieces is no file, and another worker writes it whole", async (pieces) => {
    const { start, find, fetchFile } = await newOrganization();
    const id = await start();
    await dieAfter(id, pieces);
    expect((await fetchFile(id)).status).toBe(404);
    await world.db.withSystem(reapExports);
    expect((await find(id))?.status).toBe("running");
    await leaseIsOver(id);
    await world.db.withSystem(reapExports);
    expect((await find(id))?.status).toBe("queued");
    await work(id);
    expect((await (await fetchFile(id)).text()).trimEnd().split("\n")).toHaveLength(ITEMS);
  });

  test("that workers died of three times fails, and says how far it came", async () => {
    const { start, find } = await newOrganization();
    const id = await start();
    for (let turn = 0; turn < 3; turn++) {
      await dieAfter(id, 8);
      await leaseIsOver(id);
      await world.db.withSystem(reapExports);
    }
    expect(await find(id)).toMatchObject({
      status: "failed",
      message: expect.stringMatching(/3 times, the last time after [1-9]\d* items\. There is no file\./),
    });
    expect(await chunksOf(id)).toBe(0);
  });

  test("that was cancelled or taken over leaves nothing of a worker that goes on", async () => {
    const { start, find, owner } = await newOrganization();
    const id = await start();
    const taken = await world.db.withSystem((tx) => takeExport(tx, id, randomUUID()));
    await work(id);
    expect(await chunksOf(id)).toBe(0);
    expect(taken?.query.format).toBe("jsonl");
    await owner.export.cancel({ id });
    await work(id);
    expect(await find(id)).toMatchObject({ status: "cancelled", bytes: 0 });
    expect(await chunksOf(id)).toBe(0);
  });

  test("whose process is asked to stop goes back to the queue, and it is not counted", async () => {
    const { start, find } = await newOrganization();
    const id = await start();
    await work(id, { signal: AbortSignal.abort() });
    expect((await find(id))?.status).toBe("queued");
    expect((await world.db.system.itemExport.findUnique({ where: { id } }))?.attempt).toBe(0);
  });

  test("that becomes too large fails with how far it came, and nothing is kept of it", async () => {
    const { start, find } = await newOrganization();
    const id = await start();
    await work(id, { largestBytes: 200_000 });
    expect(await find(id)).toMatchObject({
      status: "failed",
      bytes: 0,
      message: expect.stringMatching(/^The file became larger than .+ It ended after [\d,]+ items, and there is no file\.$/),
    });
    expect(await chunksOf(id)).toBe(0);
  });

  test("is refused while two are in the making, and when the files take too much", async () => {
    const { start, owner } = await newOrganization(1);
    const [id] = [await start(), await start()];
    await expect(start()).rejects.toThrow("2 exports are being written already, so this one was not started.");
    await expect(owner.export.remove({ id })).rejects.toThrow("This export is still being written, so it was not deleted.");
    await owner.export.cancel({ id });
    await world.db.system.$executeRaw`update item_export set bytes = 2147483648 where id = ${id}::uuid`;
    await expect(start()).rejects.toThrow("The exported files take 2 GB already");
  });

  test("is deleted with its file when its days are over, as are links that ended long ago", async () => {
    const { start, find, owner } = await newOrganization(10);
    const id = await start();
    await work(id);
    const { link } = await owner.link.create({ subject: { what: "file", exportId: id } });
    expect(link.expiresAt).toEqual((await find(id))?.expiresAt);
    await pruneLeftovers(world.db);
    expect(await find(id)).toBeDefined();
    await world.db.system.$executeRaw`update item_export set expires_at = now() - interval '1 second' where id = ${id}::uuid`;
    await world.db.system.$executeRaw`update item_link set expires_at = now() - interval '31 days' where id = ${link.id}::uuid`;
    await pruneLeftovers(world.db);
    expect(await find(id)).toBeUndefined();
    expect(await chunksOf(id)).toBe(0);
    expect(await owner.link.list()).toEqual([]);
  });
});

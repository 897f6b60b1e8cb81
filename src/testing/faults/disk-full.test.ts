import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, type ExpectStatic, test, vi } from "vitest";
import { createOrganization, type TestOrganization } from "@/testing/factories";
import { makeClusterFolder, type OwnCluster, startOwnCluster } from "@/testing/own-cluster";
import { scriptedCollector } from "@/testing/scripted-collector";
import { readDiskSpace } from "@/worker/disk-space";

const DISK_MB = 180;
const SLOW = { timeout: 120_000 };
const WITHIN = { timeout: 20_000, interval: 50 };
const URL = "https://a.example/";

let folder: string;
/** A small disk of its own for the database; only root may make one. */
let mounted: boolean;
let cluster: OwnCluster;

beforeAll(async () => {
  folder = makeClusterFolder();
  mounted = mount(folder);
  if (mounted) cluster = await startOwnCluster(folder);
});

afterEach(async () => {
  if (!mounted) return;
  free();
  await cluster.stopWorkers();
});

afterAll(async () => {
  if (mounted) {
    await cluster.stop();
    execFileSync("umount", [folder]);
  }
  fs.rmSync(folder, { recursive: true, force: true });
});

function mount(where: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${DISK_MB}m,mode=755`, "tmpfs", where], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const diskTest = (title: string, run: (expect: ExpectStatic) => Promise<void>) =>
  test(title, SLOW, async ({ skip, expect }) => {
    skip(!mounted, "A small disk of its own cannot be mounted here: it takes root on Linux.");
    await run(expect);
  });

/** Fills the disk up until at most so many bytes are left. */
function fill(leaveBytes: number): void {
  const file = fs.openSync(path.join(folder, "filler"), "w");
  const block = Buffer.alloc(65_536);
  try {
    for (;;) {
      const { bavail, bsize } = fs.statfsSync(folder);
      if (bavail * bsize <= leaveBytes) return;
      fs.writeSync(file, block);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  } finally {
    fs.closeSync(file);
  }
}

const free = () => fs.rmSync(path.join(folder, "filler"), { force: true });

const ITEMS = 400;

/** Each time other items, of about 2 kB, which do not compress well. */
const large = scriptedCollector({
  [URL]: async () =>
    Array.from({ length: ITEMS }, (_, index) => ({ key: String(index), fields: { text: Array.from({ length: 60 }, () => randomUUID()).join("") } })),
});

const makeOrganization = () => createOrganization(cluster.db, { urls: [URL] });

const countItems = ({ orgId }: TestOrganization) => cluster.db.system.item.count({ where: { orgId } });

diskTest("with too little space left nothing is collected and everything waits, until there is space again", async (expect) => {
  const worker = await cluster.startWorker({ collectors: large, readSpace: () => readDiskSpace(folder), lookMs: 50 });
  const organization = await makeOrganization();
  expect(worker.holdReason()).toBeNull();
  fill(6_000_000);
  await vi.waitFor(() => expect(worker.holdReason()).toMatch(/^Less than 9 MB \(5 %\) is free where the database is/), WITHIN);
  const runId = await cluster.runNow(organization);
  expect(await cluster.look(organization, runId)).toMatchObject({ status: "queued", attempt: 0 });
  free();
  expect(await cluster.ended(organization, runId, 30_000)).toMatchObject({ status: "succeeded", attempt: 1, newCount: ITEMS });
});

diskTest("a run for whose items there is no room stores none of them, and all of them when there is room again", async (expect) => {
  const worker = await cluster.startWorker({ collectors: large, fullForMs: 5_000 });
  const organization = await makeOrganization();
  const before = await cluster.ended(organization, await cluster.runNow(organization), 30_000);
  expect(before).toMatchObject({ status: "succeeded", newCount: ITEMS });
  const other = await makeOrganization();
  fill(0);
  const runId = await cluster.runNow(other);
  await vi.waitFor(() => expect(worker.holdReason()).toContain("disk is full"), WITHIN);
  expect(await countItems(other)).toBe(0);
  expect(await countItems(organization)).toBe(ITEMS);
  free();
  expect(await cluster.ended(other, runId, 60_000)).toMatchObject({ status: "succeeded", newCount: ITEMS });
  expect(await countItems(other)).toBe(ITEMS);
});

diskTest("a database that gives up because it cannot write its log comes back by itself when there is room, with all it had acknowledged", async (expect) => {
  await cluster.startWorker({ collectors: large });
  const organization = await makeOrganization();
  expect(await cluster.ended(organization, await cluster.runNow(organization), 30_000)).toMatchObject({ status: "succeeded" });
  fill(0);
  await expect(writeLog()).rejects.toThrow();
  await vi.waitFor(() => expect(cluster.db.now()).rejects.toThrow(/ENOENT|ECONNREFUSED/), WITHIN);
  free();
  await vi.waitFor(() => cluster.db.now(), { timeout: 60_000, interval: 100 });
  expect(await countItems(organization)).toBe(ITEMS);
  const runId = await vi.waitFor(() => cluster.runNow(organization), WITHIN);
  expect(await cluster.ended(organization, runId, 60_000)).toMatchObject({ status: "succeeded", changedCount: ITEMS });
});

/** Writes to the database's log alone, more than there is room for. */
async function writeLog(): Promise<void> {
  for (let megabytes = 0; megabytes < 100; megabytes++) {
    await cluster.db.system.$executeRaw`select pg_logical_emit_message(true, 'test', repeat('x', 1000000))`;
  }
}

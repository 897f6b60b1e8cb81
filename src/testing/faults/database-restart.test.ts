import fs from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createHealthListener } from "@/health-listener";
import { closeServer, listen } from "@/http-server";
import { createReadiness } from "@/readiness";
import { createOrganization } from "@/testing/factories";
import { makeClusterFolder, type OwnCluster, startOwnCluster } from "@/testing/own-cluster";
import { gives, type Script, scriptedCollector } from "@/testing/scripted-collector";
import { silentLog } from "@/testing/silent-log";
import { until } from "@/testing/until";

let cluster: OwnCluster;
let server: Server;

beforeAll(async () => {
  cluster = await startOwnCluster(makeClusterFolder());
  const isReady = createReadiness({ db: cluster.db, log: silentLog, shortage: () => null, isStopping: () => false });
  server = await listen(createHealthListener({ isReady }), 0, "127.0.0.1");
});

afterEach(() => cluster.stopWorkers());

afterAll(async () => {
  await closeServer(server);
  await cluster.stop();
  fs.rmSync(cluster.folder, { recursive: true, force: true });
});

async function readiness(): Promise<number> {
  const { port } = server.address() as AddressInfo;
  return (await fetch(`http://127.0.0.1:${port}/readyz`, { headers: { connection: "close" } })).status;
}

const untilReadinessIs = (status: number) => until(cluster.db, readiness, (seen) => seen === status, 30_000);

test("a run in the middle of which the database crashes ends as it would have, with each item once; meanwhile the process is not ready", {
  timeout: 90_000,
}, async () => {
  const organization = await createOrganization(cluster.db, { urls: ["https://a.example/", "https://slow.example/"] });
  const { promise, release } = gate();
  const slow: Script = async () => {
    await promise;
    return [
      { key: "late", fields: {} },
      { key: "later", fields: {} },
    ];
  };
  await cluster.startWorker({ collectors: scriptedCollector({ "https://a.example/": gives("1"), "https://slow.example/": slow }) });
  const runId = await cluster.runNow(organization);
  await until(
    cluster.db,
    () => cluster.look(organization, runId),
    (run) => run?.doneSourceCount === 1 && run.sources[1]?.status === "fetching",
  );
  expect(await readiness()).toBe(200);

  cluster.crash();
  await untilReadinessIs(503);
  // The site answers while there is no database to store it in.
  release();
  const run = await cluster.ended(organization, runId, 60_000);
  expect(run).toMatchObject({ status: "succeeded", newCount: 3, changedCount: 0 });
  expect(await cluster.db.system.item.count({ where: { orgId: organization.orgId } })).toBe(3);
  await untilReadinessIs(200);
});

test("work that is asked for right after a crash is done, by the worker that was there before", { timeout: 90_000 }, async () => {
  const organization = await createOrganization(cluster.db, { urls: ["https://a.example/"] });
  await cluster.startWorker({ collectors: scriptedCollector({ "https://a.example/": gives("1") }) });
  cluster.crash();
  await untilReadinessIs(503);
  await untilReadinessIs(200);
  const runId = await cluster.runNow(organization);
  expect(await cluster.ended(organization, runId, 30_000)).toMatchObject({ status: "succeeded", newCount: 1, attempt: 1 });
});

function gate() {
  let release = () => {};
  const promise = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { promise, release };
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createDatabase, type Database } from "@/db/client";
import { reapRuns } from "@/db/reap-runs";
import type { RunDetail } from "@/domain/run";
import { RECONNECT_GRACE_MS } from "@/domain/run-status";
import { bundle } from "@/testing/bundle";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization, type TestOrganization } from "@/testing/factories";
import { silentLog } from "@/testing/silent-log";
import { lookAtRun, startRunOf } from "@/testing/started-run";
import { until } from "@/testing/until";

/** A worker in a process of its own. Sources do what their address says: end the process, never answer if it is told so, or give an item. */
const WORKER = `
  import pino from "pino";
  import { createDatabase } from "@/db/client";
  import { scriptedCollection } from "@/testing/scripted-collection";
  import { createWorker } from "@/worker/worker";

  const log = pino({ level: "silent" });
  const connection = JSON.parse(process.argv[2]);
  const db = createDatabase(connection, { poolSize: 8, log });
  const collectors = {
    async collect({ url }) {
      if (url.includes("deadly")) process.kill(process.pid, "SIGKILL");
      if (url.includes("hanging") && process.argv[3] === "hangs") await new Promise(() => {});
      const items = [{ key: url, fields: {} }];
      return scriptedCollection(url, items);
    },
  };
  await db.listener.start();
  await createWorker({ db, log, connection, collectors, instanceId: crypto.randomUUID(), concurrency: 4 }).start();
  process.stdout.write("ready");
`;

let server: TestDatabase;
let db: Database;
let workerPath: string;
const processes: ChildProcess[] = [];

beforeAll(async () => {
  server = await createTestDatabase();
  db = createDatabase(server.connection, { poolSize: 8, log: silentLog });
  await db.listener.start();
  workerPath = await bundle("crashing-worker", WORKER);
});

afterEach(async () => {
  for (const child of processes.splice(0)) await kill(child);
  await db.system.run.deleteMany();
});

afterAll(async () => {
  await db.close();
  await server.drop();
});

/** Resolves when it takes runs. */
async function startWorker(...how: "hangs"[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [workerPath, JSON.stringify(server.connection), ...how], { stdio: ["ignore", "pipe", "ignore"] });
  processes.push(child);
  await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
  return child;
}

const isGone = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

async function kill(child: ChildProcess) {
  if (isGone(child)) return;
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}

async function begin(organization: TestOrganization): Promise<() => Promise<RunDetail>> {
  const runId = await startRunOf(db, organization);
  return () => lookAtRun(db, organization.orgId, runId);
}

/** Waits for the run's end and does meanwhile what every scheduler does all the time: looks for dead runs. */
function endOf(run: () => Promise<RunDetail>, graceMs = 0): Promise<RunDetail> {
  const reapAndLook = async () => {
    await db.withSystem((tx) => reapRuns(tx, { graceMs }));
    return run();
  };
  return until(db, reapAndLook, ({ finishedAt }) => finishedAt !== null, 60_000);
}

const urls = (...names: string[]) => ({ urls: names.map((name) => `https://${name}.example/`) });

describe("a worker that is killed during a run", () => {
  it("vector 15: frees its organization, and its run is resumed by another within 15 seconds", async () => {
    const organization = await createOrganization(db, urls("quick", "hanging"));
    const killed = await startWorker("hangs");
    const run = await begin(organization);
    const isHanging = ({ doneSourceCount, sources }: RunDetail) => doneSourceCount === 1 && sources[1]?.status === "fetching";
    await until(db, run, isHanging, 30_000);
    await startWorker();
    await kill(killed);
    const killedAt = performance.now();
    const ended = await endOf(run, RECONNECT_GRACE_MS);
    expect(performance.now() - killedAt).toBeLessThan(15_000);
    expect(ended).toMatchObject({ status: "succeeded", attempt: 2, crashCount: 1, newCount: 2 });
    expect(ended.sources.map(({ attempts }) => attempts)).toEqual([1, 2]);
  }, 90_000);
});

describe("a source that ends every worker", () => {
  it("is quarantined after the third, and the other sources and organizations get their results", async () => {
    const [guilty, innocent] = [await createOrganization(db, urls("one", "deadly", "two")), await createOrganization(db, urls("other", "more"))];
    const deadly = () => db.system.source.findUniqueOrThrow({ where: { id: guilty.sourceIds[1] ?? "" } });

    const keepRunning = setInterval(() => {
      if (processes.every(isGone)) void startWorker();
    }, 100);
    try {
      const [first, other] = [await begin(guilty), await begin(innocent)];
      expect(await endOf(first)).toMatchObject({ status: "abandoned", attempt: 2, crashCount: 2 });
      expect(await endOf(other)).toMatchObject({ status: "succeeded", newCount: 2 });
      expect(await deadly()).toMatchObject({ crashCount: 2, quarantinedAt: null });

      const second = await endOf(await begin(guilty));
      expect(second).toMatchObject({ status: "partial", attempt: 2, crashCount: 1 });
      expect(second.sources.map(({ status, errorCode }) => [status, errorCode])).toEqual([
        ["succeeded", null],
        ["failed", "quarantined"],
        ["succeeded", null],
      ]);
      expect(second.sources[1]?.message).toContain("stopped Milkrun's worker 3 times");
      expect(await deadly()).toMatchObject({ crashCount: 3, quarantinedAt: expect.any(Date) });

      const third = await endOf(await begin(guilty));
      expect(third).toMatchObject({ status: "partial", attempt: 1, crashCount: 0 });
    } finally {
      clearInterval(keepRunning);
    }
  }, 180_000);
});

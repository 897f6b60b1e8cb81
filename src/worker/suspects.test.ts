import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CollectError } from "@/collectors/collect-error";
import { createDatabase, type Database } from "@/db/client";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization } from "@/testing/factories";
import { type Script, scriptedCollector } from "@/testing/scripted-collector";
import { silentLog } from "@/testing/silent-log";
import { startRunOf } from "@/testing/started-run";
import { createRunExecutor, type ExecuteDeps } from "./execute-run";

let server: TestDatabase;
let db: Database;

beforeAll(async () => {
  server = await createTestDatabase();
  db = createDatabase(server.connection, { poolSize: 8, log: silentLog });
});

afterAll(async () => {
  await db.close();
  await server.drop();
});

const urlOf = (name: string) => `https://${name}.example/`;

/** A run of sources of which so many workers died, by name. */
async function newRun(crashes: Record<string, number>): Promise<string> {
  const organization = await createOrganization(db, { urls: Object.keys(crashes).map(urlOf) });
  for (const [name, crashCount] of Object.entries(crashes)) {
    const quarantinedAt = crashCount >= 3 ? new Date() : null;
    await db.system.source.updateMany({ where: { orgId: organization.orgId, url: urlOf(name) }, data: { crashCount, quarantinedAt } });
  }
  return startRunOf(db, organization);
}

/**
 * Tells what was collected at the same time as each source, itself included, in the order in which they began.
 * `unfinished` counts those that a death of the process would make suspects of meanwhile.
 * @param atLeast None is done before so many are being collected together.
 */
function watch(names: string[], atLeast = 1) {
  const company: string[][] = [];
  const unfinished: number[] = [];
  const inside = new Map<string, string[]>();
  const script =
    (name: string): Script =>
    async () => {
      const together = [name, ...inside.keys()];
      for (const others of inside.values()) others.push(name);
      company.push(together);
      inside.set(name, together);
      unfinished.push(await db.system.runSource.count({ where: { url: { in: names.map(urlOf) }, status: "fetching" } }));
      // Long enough for others to begin meanwhile, if they may: that takes a few queries.
      for (let query = 0; query < 25 || together.length < atLeast; query++) await db.now();
      inside.delete(name);
      return [{ key: name, fields: {} }];
    };
  return { company, unfinished, collectors: scriptedCollector(Object.fromEntries(names.map((name) => [urlOf(name), script(name)]))) };
}

function executor(options: Pick<ExecuteDeps, "collectors" | "observe">) {
  const execute = createRunExecutor({ db, log: silentLog, instanceId: randomUUID(), ...options });
  return (runId: string) => execute(runId, new AbortController().signal);
}

it("suspects are collected last, the least suspected first, each alone", async () => {
  const { company, collectors } = watch(["worst", "a", "bad", "b"]);
  await executor({ collectors })(await newRun({ worst: 2, a: 0, bad: 1, b: 0 }));
  expect(company.slice(2)).toEqual([["bad"], ["worst"]]);
  expect(company.slice(0, 2).map(([name]) => name)).toEqual(["a", "b"]);
});

it("a process collects one suspect at a time, whichever of its runs they are of", async () => {
  const names = ["a1", "a2", "b1", "b2"];
  const { company, unfinished, collectors } = watch(names);
  const execute = executor({ collectors });
  await Promise.all([execute(await newRun({ a1: 1, a2: 1 })), execute(await newRun({ b1: 1, b2: 1 }))]);
  expect(company).toHaveLength(4);
  for (const together of company) expect(together).toHaveLength(1);
  expect(unfinished).toEqual([1, 1, 1, 1]);
});

it("control: sources that nobody suspects are collected together", async () => {
  const { company, collectors } = watch(["a", "b"], 2);
  await executor({ collectors })(await newRun({ a: 0, b: 0 }));
  expect(company).toEqual([
    ["a", "b"],
    ["b", "a"],
  ]);
});

it("a quarantined source is not collected, and fails with a sentence on what to do", async () => {
  const { collectors } = watch(["good", "evil"]);
  const runId = await newRun({ good: 0, evil: 3 });
  await executor({ collectors })(runId);
  expect([...collectors.calls.keys()]).toEqual([urlOf("good")]);
  const run = await db.system.run.findUniqueOrThrow({ where: { id: runId }, include: { sources: { orderBy: { position: "asc" } } } });
  expect(run.status).toBe("partial");
  expect(run.sources[1]).toMatchObject({ status: "failed", attempts: 0, errorCode: "quarantined" });
  expect(run.sources[1]?.message).toContain("Change the source or test it, then lift the quarantine on its page.");
});

it("whoever measures is told of every outcome and of the run's end", async () => {
  const collectors = scriptedCollector({
    [urlOf("good")]: async () => [],
    [urlOf("gone")]: async () => {
      throw new CollectError("http_status", "410 Gone.", { httpStatus: 410 });
    },
  });
  const told: string[] = [];
  const hear = (status: string) => void told.push(status);
  const observe = { runEnded: (status: string) => hear(`run ${status}`), sourceEnded: hear, messageSent: () => hear("message") };
  await executor({ collectors, observe })(await newRun({ good: 0, gone: 0, evil: 3 }));
  expect(told.slice(0, -1).sort()).toEqual(["failed", "failed", "succeeded"]);
  expect(told.at(-1)).toBe("run partial");
});

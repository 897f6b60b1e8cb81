import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { CollectError } from "@/collectors/collect-error";
import { createDatabase, type Database } from "@/db/client";
import type { Wait } from "@/db/transient";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization } from "@/testing/factories";
import { type FlakyWire, openFlakyWire } from "@/testing/flaky-wire";
import { gives, type Script, scriptedCollector } from "@/testing/scripted-collector";
import { silentLog } from "@/testing/silent-log";
import { startRunOf } from "@/testing/started-run";
import { createRunExecutor } from "./execute-run";

const A = "https://a.example/";
const B = "https://b.example/";

let server: TestDatabase;
let db: Database;
let wire: FlakyWire;
/** The worker's connections, which go over the wire. */
let wired: Database;

beforeAll(async () => {
  server = await createTestDatabase();
  db = createDatabase(server.connection, { poolSize: 2, log: silentLog });
  wire = await openFlakyWire(server.connection);
  wired = createDatabase({ ...server.connection, ...wire.address }, { poolSize: 4, log: silentLog });
});

afterEach(() => wire.mend());

afterAll(async () => {
  await Promise.all([db.close(), wired.close()]);
  await wire.close();
  await server.drop();
});

const broken: Script = async () => {
  throw new CollectError("http_status", "404 Not found.", { httpStatus: 404 });
};

/** Carries out a run of a source that gives two items and one that fails, and looks at what stands in the database afterwards. */
async function carryOut(wait: Wait, a: Script = gives("1", "2")) {
  const organization = await createOrganization(db, { urls: [A, B] });
  const { orgId } = organization;
  const runId = await startRunOf(db, organization);
  const collectors = scriptedCollector({ [A]: a, [B]: broken });
  await createRunExecutor({ db: wired, log: silentLog, collectors, instanceId: randomUUID(), wait })(runId, new AbortController().signal);
  return {
    run: await db.system.run.findUnique({ where: { id: runId }, include: { sources: { orderBy: { position: "asc" } } } }),
    items: await db.system.item.findMany({ where: { orgId }, orderBy: { key: "asc" } }),
    failing: await db.system.source.findFirst({ where: { orgId, url: B } }),
    calls: collectors.calls,
  };
}

/** What is left behind when nothing went wrong; every number in it would be higher if something was done twice. */
function expectAsUndisturbed({ run, items, failing, calls }: Awaited<ReturnType<typeof carryOut>>) {
  expect(run).toMatchObject({ status: "partial", attempt: 1, crashCount: 0 });
  expect(run?.sources.map(({ status, attempts, newCount }) => [status, attempts, newCount])).toEqual([
    ["succeeded", 1, 2],
    ["failed", 1, 0],
  ]);
  expect(items.map(({ key, timesSeen }) => [key, timesSeen])).toEqual([
    ["1", 1],
    ["2", 1],
  ]);
  expect(failing?.consecutiveFailures).toBe(1);
  expect([calls.get(A), calls.get(B)]).toEqual([1, 1]);
}

const atOnce: Wait = async () => {};

describe("a run during which one connection breaks", () => {
  it("commits six times when nothing breaks, as both attempts begin in one", async () => {
    expectAsUndisturbed(await carryOut(atOnce));
    expect(wire.commits()).toBe(6);
  });

  it.each([1, 2, 3, 4, 5, 6])("comes out the same when the answer to its commit %i gets lost", async (nth) => {
    wire.loseAnswerOfCommit(nth);
    expectAsUndisturbed(await carryOut(atOnce));
    expect(wire.lost()).toBe(1);
  });

  it.each([1, 2, 3, 4, 5, 6])("comes out the same when its commit %i does not arrive", async (nth) => {
    wire.loseCommit(nth);
    expectAsUndisturbed(await carryOut(atOnce));
    expect(wire.lost()).toBe(1);
  });

  it("control: is left unfinished when nothing is tried again", async () => {
    wire.loseAnswerOfCommit(5);
    const never: Wait = () => Promise.reject(new Error("Nothing is tried again."));
    expect((await carryOut(never)).run).toMatchObject({ status: "running" });
  });
});

describe("a run during which the database is away for a while", () => {
  it("keeps what it had collected by then", async () => {
    const waits: number[] = [];
    const wait: Wait = async (ms) => {
      waits.push(ms);
      if (waits.length === 6) wire.mend();
    };
    const outcome = await carryOut(wait, async () => {
      wire.cut();
      return [
        { key: "1", fields: {} },
        { key: "2", fields: {} },
      ];
    });
    expectAsUndisturbed(outcome);
    expect(waits.length).toBeGreaterThanOrEqual(6);
  });
});

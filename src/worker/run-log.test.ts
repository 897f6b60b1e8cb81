import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CollectError } from "@/collectors/collect-error";
import { createDatabase, type Database } from "@/db/client";
import { reapRuns } from "@/db/reap-runs";
import { listRunEvents } from "@/db/run-events";
import { takeRun } from "@/db/run-lease";
import { findRun, requestCancel } from "@/db/runs";
import { MOST_RUN_EVENTS, type RunEvent } from "@/domain/run-event";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization } from "@/testing/factories";
import { gives, hangs, type Script, scriptedCollector } from "@/testing/scripted-collector";
import { silentLog } from "@/testing/silent-log";
import { startRunOf } from "@/testing/started-run";
import { until } from "@/testing/until";
import { createRunExecutor } from "./execute-run";

const [A, B, C] = ["https://a.example/", "https://b.example/", "https://c.example/"];
const NEVER = new AbortController().signal;

let server: TestDatabase;
let db: Database;

beforeAll(async () => {
  server = await createTestDatabase();
  db = createDatabase(server.connection, { poolSize: 4, log: silentLog });
  await db.listener.start();
});

afterAll(async () => {
  await db.close();
  await server.drop();
});

/** A queued run of these sources, and what reads its log. */
async function begin(scripts: Record<string, Script>) {
  const organization = await createOrganization(db, { urls: Object.keys(scripts) });
  const { orgId } = organization;
  const runId = await startRunOf(db, organization);
  const read = (cursor = -1, limit = 2_000) =>
    db.withTenant(orgId, async (tx) => {
      const run = await findRun(tx, orgId, runId);
      if (!run) throw new Error("The run is gone.");
      return { run, ...(await listRunEvents(tx, orgId, { runId, cursor, limit }, cursor < 0 ? run : null)) };
    });
  const collectors = scriptedCollector(scripts);
  /** With `lossy`, every transaction is committed and then done again, as when the answer of its commit got lost. */
  const execute = (lossy = false) =>
    createRunExecutor({
      db: lossy ? { ...db, withSystem: twice(db.withSystem), withSql: twice(db.withSql) } : db,
      ...{ log: silentLog, collectors, instanceId: randomUUID(), wait: async () => {}, random: () => 0.5 },
    })(runId, NEVER);
  return { ...organization, runId, read, execute };
}

function twice<In>(transact: <T>(work: (tx: In) => Promise<T>) => Promise<T>): typeof transact {
  return async (work) => {
    const result = await transact(work);
    return transact(work).catch((error: Error) => {
      // Whoever ended the run has no lease any more.
      if (error.name === "LeaseLostError") return result;
      throw error;
    });
  };
}

function refusing(...failures: CollectError[]): Script {
  const rest = [...failures];
  return async () => {
    const failure = rest.shift();
    if (failure) throw failure;
    return [{ key: "one", fields: {} }];
  };
}

const busy = () => new CollectError("http_status", "503 Service unavailable. The next run tries again.", { httpStatus: 503, retryable: true });
const robots = () => new CollectError("robots_disallowed", "The site asks programs not to read this page.");

const told = (events: readonly RunEvent[]) => events.map(({ level, code, sourceName }) => `${level} ${code}${sourceName ? ` ${sourceName}` : ""}`);
const numbers = (events: readonly RunEvent[]) => events.map(({ number }) => number);

describe("the log of a run", () => {
  it.each([false, true])("tells what happened, line by line without a gap; answers of commits that get lost (%s) double nothing", async (lossy) => {
    const { read, execute } = await begin({ [A]: gives("1", "2"), [B]: refusing(busy(), busy()), [C]: refusing(robots()) });
    await execute(lossy);
    const { run, events } = await read();
    expect(told(events.slice(0, 3))).toEqual(["info queued", "info taken", "info sources_listed"]);
    expect(told(events.filter(({ sourceName }) => sourceName === "Source 1"))).toEqual(["info attempt_started Source 1", "info source_collected Source 1"]);
    expect(events.filter(({ sourceName }) => sourceName === "Source 2").map(({ message }) => message)).toEqual([
      "Collecting.",
      "503 Service unavailable. Trying again in 2 s.",
      "Collecting, attempt 2.",
      "503 Service unavailable. Trying again in 4 s.",
      "Collecting, attempt 3.",
      "Done: 1 new, 0 changed, 0 unchanged.",
    ]);
    expect(told(events.filter(({ sourceName }) => sourceName === "Source 3"))).toEqual(["info attempt_started Source 3", "error robots_refused Source 3"]);
    expect(events.at(-1)).toMatchObject({ code: "ended", level: "warning", message: "The run ended: partial." });
    expect(numbers(events)).toEqual(events.map((_, index) => index));
    expect(run.newestEvent).toBe(events.length - 1);
    expect(run.sources[1]?.retryWaitsMs).toEqual([2_000, 4_000]);
  });

  it("is read part by part, each beginning where the last one ended", async () => {
    const { read, execute } = await begin({ [A]: gives("1"), [B]: gives("1") });
    await execute();
    const { events: all } = await read();
    const parts: RunEvent[][] = [];
    for (let cursor = -1, more = true; more; ) {
      const part = await read(cursor, 3);
      parts.push(part.events);
      [cursor, more] = [part.nextCursor, part.more];
    }
    expect(parts.flat()).toEqual(all);
    expect(parts.slice(0, -1).every((part) => part.length === 3)).toBe(true);
    expect(await read(all.length - 1)).toMatchObject({ events: [], nextCursor: all.length - 1, more: false });
  });

  it("ends with 20,000 lines, but for what happens to the run as a whole", async () => {
    const { orgId, runId, read, execute } = await begin({ [A]: gives("1") });
    await db.system.runEvent.create({ data: { orgId, runId, number: MOST_RUN_EVENTS - 2, level: "info", code: "taken", message: "As if." } });
    await execute();
    expect(told((await read(MOST_RUN_EVENTS - 2)).events)).toEqual(["info taken", "info sources_listed", "info ended"]);
  });

  it("names who asked for the run to stop, once, and that it ended", async () => {
    const hanging = hangs();
    const { orgId, userId, runId, read, execute } = await begin({ [A]: hanging.script });
    const executed = execute();
    await hanging.started;
    const cancel = () => db.withTenant(orgId, (tx) => requestCancel(tx, orgId, runId, userId));
    await cancel();
    await cancel();
    await executed;
    const { events } = await read();
    expect(events.slice(-2).map(({ message }) => message)).toEqual([
      "Ada Lovelace asked for the run to stop.",
      "The run ended: cancelled. Cancelled: 1 source was not finished. What was collected stays.",
    ]);
  });

  it("says of a run that was cancelled before a worker took it who did so", async () => {
    const { orgId, userId, runId, read } = await begin({ [A]: gives("1") });
    await db.withTenant(orgId, (tx) => requestCancel(tx, orgId, runId, userId));
    expect(told((await read()).events)).toEqual(["info queued", "warning cancel_requested", "warning ended"]);
  });

  it("tells of a worker that died and of the one that went on", async () => {
    const { runId, read, execute } = await begin({ [A]: gives("1") });
    await db.withSystem((tx) => takeRun(tx, runId, { workerId: randomUUID(), token: randomUUID() }));
    await db.system.run.update({ where: { id: runId }, data: { leaseExpiresAt: new Date(0) } });
    await db.withSystem((tx) => reapRuns(tx));
    await execute();
    const { events } = await read();
    expect(told(events.slice(0, 4))).toEqual(["info queued", "info taken", "warning requeued", "info taken"]);
    expect(events[3]?.message).toMatch(/^Worker [0-9a-f]{8} took the run up again, as attempt 2\.$/);
  });

  it("shows while a source waits for its site that it does, and afterwards how long", async () => {
    let letIn = () => {};
    const turn = new Promise<void>((resolve) => {
      letIn = resolve;
    });
    const organization = await begin({ [A]: gives("1") });
    const collectors = {
      ...scriptedCollector({ [A]: gives("1") }),
      async approach(_: unknown, { stepOut }: { stepOut: <T>(wait: () => Promise<T>) => Promise<T> }) {
        await stepOut(() => turn);
        const nothing = async () => {};
        return { signal: NEVER, ignoreRobots: false, hold: nothing, rest: nothing, take: () => Promise.reject(new Error("Nobody asks.")), end: nothing };
      },
    };
    const executed = createRunExecutor({ db, log: silentLog, collectors, instanceId: randomUUID() })(organization.runId, NEVER);
    await until(
      db,
      () => organization.read(),
      ({ run }) => run.sources[0]?.waitingAt !== null && run.sources[0]?.waitingAt !== undefined,
    );
    letIn();
    await executed;
    const { events } = await organization.read();
    expect(events.map(({ message }) => message)).toContainEqual(expect.stringMatching(/^Waited [1-9]\d* s for its turn at the site\.$/));
  });
});

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CollectError } from "@/collectors/collect-error";
import type { Visit } from "@/collectors/visit";
import { createDatabase, type Database } from "@/db/client";
import { listRunEvents } from "@/db/run-events";
import { WORTH_TELLING_WAIT_MS } from "@/domain/run-event-lines";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization } from "@/testing/factories";
import { gives, scriptedCollector } from "@/testing/scripted-collector";
import { silentLog } from "@/testing/silent-log";
import { holdHost, takingTurns } from "@/testing/site-turns";
import { lookAtRun, startRunOf } from "@/testing/started-run";
import { until } from "@/testing/until";
import type { SourceCollector } from "./collect-source";
import { createRunExecutor } from "./execute-run";
import { createHostGate } from "./host-gate";

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

interface Manners {
  spacingMs?: number;
  /** What each collection does at the site before it gives its item. */
  read?: (visit: Visit | undefined) => Promise<void>;
}

/** Begins a run of these sources, whose sites let one at a time in. */
async function begin(urls: string[], { spacingMs = 0, read = async () => {} }: Manners = {}) {
  const gate = createHostGate({ db, log: silentLog, spacingMs });
  const organization = await createOrganization(db, { urls });
  const { orgId } = organization;
  const runId = await startRunOf(db, organization);
  const scripted = scriptedCollector(Object.fromEntries(urls.map((url) => [url, gives("1")])));
  const reading: SourceCollector = {
    ...scripted,
    async collect(definition, options) {
      await read(options.visit);
      return await scripted.collect(definition, options);
    },
  };
  const collectors = takingTurns(reading, gate);
  const waits: number[] = [];
  const look = () => lookAtRun(db, orgId, runId);
  const execute = createRunExecutor({ db, log: silentLog, collectors, instanceId: randomUUID(), random: () => 0, wait: async (ms) => void waits.push(ms) });
  const listMessages = async () => {
    const run = await look();
    const { events } = await db.withTenant(orgId, (tx) => listRunEvents(tx, orgId, { runId, cursor: -1, limit: 100 }, run));
    return events.map(({ message }) => message);
  };
  return { ...organization, gate, runId, look, waits, listMessages, execute: () => execute(runId, NEVER) };
}

const newName = () => `${randomUUID()}.example`;

describe("sources that wait for their site", () => {
  it("keep no others of the run from being collected, and have not begun", async () => {
    const [busy, free] = [newName(), newName()];
    const holder = await holdHost(db, `${busy}:443`);
    const urls = [...Array.from({ length: 6 }, (_, index) => `https://${busy}/${index}`), `https://${free}/`];
    const { execute, look } = await begin(urls);
    const executed = execute();
    const run = await until(db, look, ({ sources }) => sources.at(-1)?.status === "succeeded");
    const waiting = run.sources.slice(0, -1);
    expect(waiting.map(({ status, attempts }) => [status, attempts])).toEqual(waiting.map(() => ["queued", 0]));
    await holder.leave({});
    await executed;
    expect(await look()).toMatchObject({ status: "succeeded", newCount: 7 });
  });

  it("keep no other from being collected where they are suspects, which are collected one at a time", async () => {
    const [busy, free] = [newName(), newName()];
    const holder = await holdHost(db, `${busy}:443`);
    const { execute, look, orgId } = await begin([`https://${busy}/`, `https://${free}/`]);
    await db.system.source.updateMany({ where: { orgId }, data: { crashCount: 1 } });
    const executed = execute();
    const run = await until(db, look, ({ sources }) => sources[1]?.status === "succeeded");
    expect(run.sources[0]).toMatchObject({ status: "queued", attempts: 0 });
    await holder.leave({});
    await executed;
    expect(await look()).toMatchObject({ status: "succeeded", newCount: 2 });
  });

  it("get their turn where they are suspects and the one that is being collected is led to their site", async () => {
    const [busy, free] = [newName(), newName()];
    const holder = await holdHost(db, `${busy}:443`);
    let reads = 0;
    const { execute, look, orgId } = await begin([`https://${busy}/`, `https://${free}/`], {
      async read(visit) {
        reads += 1;
        if (reads > 1) return;
        await holder.leave({});
        await (await visit?.take(new URL(`https://${busy}/moved`)))?.leave({});
      },
    });
    await db.system.source.updateMany({ where: { orgId }, data: { crashCount: 1 } });
    await execute();
    expect(await look()).toMatchObject({ status: "succeeded", newCount: 2 });
  });

  it("are tried again later where the site wants to be left alone, as the run shows", async () => {
    const busy = newName();
    await (await holdHost(db, `${busy}:443`)).leave({ closedForMs: 60_000 });
    const { execute, look, waits } = await begin([`https://${busy}/`]);
    await execute();
    const run = await look();
    expect(run.sources[0]).toMatchObject({ status: "failed", attempts: 3, errorCode: "asked_to_wait" });
    expect(run.sources[0]?.message).toMatch(/^The site asked to be left alone for another \d+ s, so it was not asked\. Retried 2 times\./);
    expect(waits).toHaveLength(2);
    for (const wait of waits) expect(wait).toBeGreaterThan(55_000);
  });

  it("have waited for their first page alone: the waits for later ones are part of the attempt, and of no other one", async () => {
    const url = `https://${newName()}/`;
    let reads = 0;
    let longestMs = 0;
    const { execute, listMessages } = await begin([url], {
      spacingMs: WORTH_TELLING_WAIT_MS + 100,
      async read(visit) {
        reads += 1;
        if (reads > 1) return;
        await (await visit?.take(new URL(url)))?.leave({});
        const startedMs = performance.now();
        await (await visit?.take(new URL("/2", url)))?.giveBack();
        longestMs = performance.now() - startedMs;
        throw new CollectError("http_status", "503 Service unavailable. The next run tries again.", { httpStatus: 503, retryable: true });
      },
    });
    await execute();
    expect(longestMs).toBeGreaterThan(WORTH_TELLING_WAIT_MS);
    const messages = await listMessages();
    expect(messages).toContain("Collecting, attempt 2.");
    expect(messages.filter((message) => message.startsWith("Waited"))).toEqual([]);
  });
});

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HostPass } from "@/collectors/host-gate";
import { createVisit } from "@/collectors/visit";
import { createDatabase, type Database } from "@/db/client";
import { findRun, startRun } from "@/db/runs";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization } from "@/testing/factories";
import { gives, scriptedCollector } from "@/testing/scripted-collector";
import { silentLog } from "@/testing/silent-log";
import { until } from "@/testing/until";
import { createRunExecutor } from "./execute-run";
import { createHostGate } from "./host-gate";

const NEVER = new AbortController().signal;
const HOLDER = { group: "somebody else", signal: NEVER, stepOut: <T>(wait: () => Promise<T>) => wait() };

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

/** Begins a run of these sources, whose sites let one at a time in. */
async function begin(urls: string[]) {
  const gate = createHostGate({ db, log: silentLog, spacingMs: 0 });
  const organization = await createOrganization(db, { urls });
  const { orgId, presetId, userId } = organization;
  const { runId } = await db.withTenant(orgId, (tx) =>
    startRun(tx, orgId, { presetId, actorId: userId, limitMs: 600_000, trigger: "person", requestKey: randomUUID() }),
  );
  const collectors = {
    ...scriptedCollector(Object.fromEntries(urls.map((url) => [url, gives("1")]))),
    async approach({ url }: { url: string }, visitor: Parameters<typeof gate.enter>[1]) {
      const visit = createVisit(gate, false, visitor);
      await visit.hold(new URL(url));
      return visit;
    },
  };
  const waits: number[] = [];
  const look = async () => {
    const run = await db.withTenant(orgId, (tx) => findRun(tx, orgId, runId));
    if (!run) throw new Error("The run is gone.");
    return run;
  };
  const execute = createRunExecutor({ db, log: silentLog, collectors, instanceId: randomUUID(), random: () => 0, wait: async (ms) => void waits.push(ms) });
  return { ...organization, gate, runId, look, waits, execute: () => execute(runId, NEVER) };
}

async function holdHost(host: string): Promise<HostPass> {
  const pass = await createHostGate({ db, log: silentLog, spacingMs: 0 }).enter(host, HOLDER);
  if (!pass) throw new Error("There was no turn.");
  return pass;
}

const newName = () => `${randomUUID()}.example`;

describe("sources that wait for their site", () => {
  it("keep no others of the run from being collected, and have not begun", async () => {
    const [busy, free] = [newName(), newName()];
    const holder = await holdHost(`${busy}:443`);
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

  it("are tried again later where the site wants to be left alone, as the run shows", async () => {
    const busy = newName();
    await (await holdHost(`${busy}:443`)).leave({ closedForMs: 60_000 });
    const { execute, look, waits } = await begin([`https://${busy}/`]);
    await execute();
    const run = await look();
    expect(run.sources[0]).toMatchObject({ status: "failed", attempts: 3, errorCode: "asked_to_wait" });
    expect(run.sources[0]?.message).toMatch(/^The site asked to be left alone for another \d+ s, so it was not asked\. Retried 2 times\./);
    expect(waits).toHaveLength(2);
    for (const wait of waits) expect(wait).toBeGreaterThan(55_000);
  });
});

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HostGate, stayIn, type Visitor } from "@/collectors/host-gate";
import { createDatabase, type Database } from "@/db/client";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { openGate } from "@/testing/manners";
import { silentLog } from "@/testing/silent-log";
import { until } from "@/testing/until";
import { createHostGate, type HostGateOptions } from "./host-gate";
import { pause } from "./pause";

const SPACING_MS = 60;

let server: TestDatabase;
const databases: Database[] = [];

beforeAll(async () => {
  server = await createTestDatabase();
});

afterAll(async () => {
  for (const db of databases) await db.close();
  await server.drop();
});

/** The gate of a process of its own, with a single connection: whoever held it while waiting would stop everything else. */
function gateOfProcess(options: Partial<HostGateOptions> = {}): HostGate {
  const db = createDatabase(server.connection, { poolSize: 1, log: silentLog });
  databases.push(db);
  return createHostGate({ db, log: silentLog, spacingMs: SPACING_MS, ...options });
}

const visitor = (known: Partial<Visitor> = {}): Visitor => ({ group: "org", signal: new AbortController().signal, stepOut: stayIn, ...known });
const newHost = () => `${randomUUID()}.example.org:443`;

async function enter(gate: HostGate, host: string, known: Partial<Visitor> = {}) {
  const pass = await gate.enter(host, visitor(known));
  if (!pass) throw new Error("There was no turn.");
  return pass;
}

interface Request {
  name: string;
  began: number;
  ended: number;
}

/** Makes a request of some milliseconds in its turn and notes when. */
async function request(gate: HostGate, host: string, requests: Request[], name = "") {
  const pass = await enter(gate, host, { group: name.split(" ")[0] ?? "" });
  const began = performance.now();
  await pause(10);
  requests.push({ name, began, ended: performance.now() });
  await pass.leave({});
}

/** From the end of each request to the beginning of the next; below 0 where they overlap. */
function gapsBetween(requests: Request[]): number[] {
  const inOrder = requests.toSorted((one, other) => one.began - other.began);
  return inOrder.slice(1).map(({ began }, index) => began - (inOrder[index]?.ended ?? 0));
}

/** Resolves when so many requests wait in the host's queue. */
async function untilQueued(host: string, count: number): Promise<void> {
  const [db] = databases;
  if (!db) throw new Error("There is no process.");
  const look = () => db.system.hostTurn.findUnique({ where: { host } });
  await until(db, look, (turns) => turns?.waiting.length === count);
}

describe("requests of two processes to one host", () => {
  it("are made one at a time and with the pause between them", async () => {
    const requests: Request[] = [];
    const host = newHost();
    const gates = [gateOfProcess(), gateOfProcess()];
    await Promise.all(gates.flatMap((gate) => Array.from({ length: 10 }, () => request(gate, host, requests))));
    const gaps = gapsBetween(requests);
    expect(gaps).toHaveLength(19);
    // The database keeps times to the millisecond.
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(SPACING_MS - 1);
  });

  it("would be made all at once without the gate (control)", async () => {
    const requests: Request[] = [];
    await Promise.all(Array.from({ length: 20 }, () => request(openGate, newHost(), requests)));
    expect(Math.max(...gapsBetween(requests))).toBeLessThan(0);
  });

  it("are made one at a time where there is no pause", async () => {
    const requests: Request[] = [];
    const host = newHost();
    const gates = [gateOfProcess({ spacingMs: 0 }), gateOfProcess({ spacingMs: 0 })];
    await Promise.all(gates.flatMap((gate) => Array.from({ length: 5 }, () => request(gate, host, requests))));
    expect(Math.min(...gapsBetween(requests))).toBeGreaterThan(0);
  });

  it("do not wait for those to other hosts", async () => {
    const gate = gateOfProcess({ spacingMs: 60_000 });
    for (const host of [newHost(), newHost(), newHost()]) await (await enter(gate, host)).leave({});
  });

  it("ask the database one for all while they wait, and no sooner than they were told", async () => {
    const stop = new AbortController();
    const host = newHost();
    const waits: number[] = [];
    const wait = (ms: number, signal?: AbortSignal) => {
      waits.push(ms);
      return new Promise<void>((resolve) => signal?.addEventListener("abort", () => resolve()));
    };
    const holder = await enter(gateOfProcess(), host);
    const gate = gateOfProcess({ wait, spacingMs: 1_000 });
    const waiting = Array.from({ length: 20 }, () => gate.enter(host, visitor({ signal: AbortSignal.any([stop.signal]) })));
    await untilQueued(host, 1);
    stop.abort();
    expect(await Promise.all(waiting)).toEqual(Array(20).fill(null));
    expect(waits).toEqual([1_000]);
    await untilQueued(host, 0);
    await holder.leave({});
  });
});

describe("turns at a host", () => {
  it("go round the organizations that wait in a process, however many sources each has", async () => {
    const requests: Request[] = [];
    const host = newHost();
    const gate = gateOfProcess({ spacingMs: 0 });
    const large = Array.from({ length: 8 }, (_, index) => request(gate, host, requests, `large ${index}`));
    const small = request(gate, host, requests, "small 0");
    await Promise.all([...large, small]);
    expect(requests.findIndex(({ name }) => name === "small 0")).toBeLessThanOrEqual(2);
  });

  it("go round the processes", async () => {
    const requests: Request[] = [];
    const host = newHost();
    const [large, small] = [gateOfProcess(), gateOfProcess()];
    const first = await enter(large, host);
    const others = Array.from({ length: 8 }, (_, index) => request(large, host, requests, `large ${index}`));
    const single = request(small, host, requests, "small 0");
    await untilQueued(host, 1);
    await first.leave({});
    await Promise.all([...others, single]);
    expect(requests.findIndex(({ name }) => name === "small 0")).toBeLessThanOrEqual(1);
  });

  it("are given to nobody else while a request is going (control of the next)", async () => {
    const host = newHost();
    await enter(gateOfProcess(), host);
    const waits: number[] = [];
    const stop = new AbortController();
    const wait = async (ms: number) => {
      waits.push(ms);
      if (waits.length === 3) stop.abort();
    };
    expect(await gateOfProcess({ wait }).enter(host, visitor({ signal: stop.signal }))).toBeNull();
    expect(waits).toEqual([250, 250, 250]);
  });

  it("are free again when the process that had one was never heard of again", async () => {
    const host = newHost();
    const lost = await enter(gateOfProcess({ leaseMs: 300 }), host);
    const began = performance.now();
    const next = await enter(gateOfProcess(), host);
    expect(performance.now() - began).toBeLessThan(5_000);
    // The late end of the lost one changes nothing for the one that goes now.
    await lost.leave({});
    expect((await databases[0]?.system.hostTurn.findUnique({ where: { host } }))?.holder).toEqual(expect.any(String));
    await next.leave({});
  });

  it("given back unused leave no pause", async () => {
    const host = newHost();
    const gate = gateOfProcess({ spacingMs: 60_000 });
    await (await enter(gate, host)).giveBack();
    await (await enter(gate, host)).giveBack();
  });
});

describe("a host that asked to be left alone", () => {
  async function close(host: string, closedForMs: number) {
    await (await enter(gateOfProcess(), host, { group: "one organization" })).leave({ closedForMs });
  }

  it("is closed to another organization in another process, which is told for how long", async () => {
    const host = newHost();
    await close(host, 60_000);
    const refused = await enter(gateOfProcess(), host, { group: "another organization" }).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: "asked_to_wait",
      retryable: true,
      message: expect.stringContaining("The site asked to be left alone for another 60 s"),
    });
    expect((refused as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(58_000);
    expect((refused as { retryAfterMs: number }).retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  it("is closed for an hour at most", async () => {
    const host = newHost();
    await close(host, 86_400_000);
    await expect(enter(gateOfProcess(), host)).rejects.toMatchObject({ message: expect.stringContaining("3600 s") });
  });

  it("is waited for where that takes a moment only", async () => {
    const host = newHost();
    await close(host, 300);
    const began = performance.now();
    await (await enter(gateOfProcess(), host)).leave({});
    expect(performance.now() - began).toBeGreaterThan(250);
  });
});

describe("a request whose run is cancelled while it waits", () => {
  // On a machine that is busy with other tests nothing may happen for that long.
  it.each(["in its process", "in the database's queue"])("stops waiting within 100 ms: %s", { retry: 2 }, async (where) => {
    const host = newHost();
    const stop = new AbortController();
    const [first, second] = [gateOfProcess({ spacingMs: 60_000 }), gateOfProcess({ spacingMs: 60_000 })];
    const holder = await enter(first, host);
    const waiting = (where === "in its process" ? first : second).enter(host, visitor({ signal: stop.signal }));
    if (where !== "in its process") await untilQueued(host, 1);
    const stopped = performance.now();
    stop.abort();
    expect(await waiting).toBeNull();
    expect(performance.now() - stopped).toBeLessThan(100);
    await untilQueued(host, 0);
    await holder.giveBack();
    await (await enter(first, host)).giveBack();
  });
});

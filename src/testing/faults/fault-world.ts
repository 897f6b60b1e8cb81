/*
 * Faults: what Milkrun promises is tried on real processes (`instance.ts`, bundled) that work on a database of the test's own, and are
 * killed, frozen, cut off or put on a wrong clock. At the end `invariants.ts` looks in the database for anything that is not as
 * promised. Each fault has a control, in which what protects against it is switched off and the harm shows.
 *
 * `npm test` makes a few rounds of each. To make many, or to repeat the one that a failure names:
 *
 *     MILKRUN_FAULT_ROUNDS=50 npx vitest run src/testing/faults
 *     MILKRUN_FAULT_ROUNDS=1 MILKRUN_FAULT_SEED=1234 npx vitest run src/testing/faults/crashed-worker.test.ts
 *
 * Slots are whole minutes, and a test takes seconds: `due-slots.ts` makes slots that came a while ago or that come in a moment.
 */
import { randomUUID } from "node:crypto";
import { expect, type TestContext } from "vitest";
import { createDatabase, type Database } from "@/db/client";
import { isActive } from "@/domain/run-status";
import { bundle } from "@/testing/bundle";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization, type TestOrganization } from "@/testing/factories";
import { silentLog } from "@/testing/silent-log";
import { startRunOf } from "@/testing/started-run";
import { until } from "@/testing/until";
import type { Expectations, ExpectedItems } from "./expectations";
import { type FaultProcess, startProcess } from "./fault-process";
import type { InstanceEvent, InstanceOptions } from "./instance-protocol";
import { checkInvariantsAtRest } from "./invariants";
import { keysOf, type SourceScript, scriptedUrl } from "./scripted-url";

const PROMISED_MS = 60_000;
/** For tests that run at the same time as others: what takes seconds may take much longer then. In milliseconds. */
export const PATIENCE_MS = 120_000;
const SHOWN_VIOLATIONS = 20;
const RUN_LIMIT_MS = 15 * 60_000;

/** The name of the test's own connections, of which there are no victims. */
export const TEST_ITSELF = "fault-test";

export type Instance = FaultProcess<InstanceEvent>;
export type Report = Extract<InstanceEvent, { event: "report" }>;

/** Asks the process for reports until one is as it should be. */
export async function untilReport(instance: Instance, isRight: (report: Report) => boolean): Promise<Report> {
  for (;;) {
    const known = instance.events.filter(({ event }) => event === "report").length;
    instance.send({ command: "report" });
    const report = await instance.waitFor("report", undefined, known + 1);
    if (isRight(report)) return report;
  }
}

/** An organization whose sources do what the test says. */
export interface FaultOrganization extends TestOrganization {
  /** What its sources must have when they were collected. */
  items: ExpectedItems[];
}

/** A database and the processes on it that faults are done to. */
export interface FaultWorld {
  server: TestDatabase;
  db: Database;
  /** Resolves when the process is at work. */
  start(options: Omit<InstanceOptions, "connection">, environment?: Record<string, string>): Promise<Instance>;
  /** Another program of the test's own, bundled from its text. */
  startProgram<Event extends { event: string }>(program: string, options: object, environment?: Record<string, string>): FaultProcess<Event>;
  organization(scripts: readonly SourceScript[], orgId?: string): Promise<FaultOrganization>;
  /** Queues a run as a person would. Returns its id. */
  runNow(organization: TestOrganization): Promise<string>;
  /** Resolves when no run is queued or running any more; fails after the promised minute. */
  untilIdle(): Promise<void>;
  /** Fails unless the database is as promised. */
  expectSound(expectations?: Expectations): Promise<void>;
  close(): Promise<void>;
}

const PROGRAM = `
  import { runInstance } from "@/testing/faults/instance";
  await runInstance(JSON.parse(process.argv[2]));`;

const programs = new Map<string, Promise<string>>();

/** Bundled once for a test file. */
function bundleOnce(name: string): Promise<string> {
  const known = programs.get(name) ?? bundle(`faults-${name}`, PROGRAM);
  programs.set(name, known);
  return known;
}

/** @param name Tells the programs of test files that run at the same time apart. */
export async function createFaultWorld(name: string): Promise<FaultWorld> {
  const [server, program] = await Promise.all([createTestDatabase(), bundleOnce(name)]);
  const db = createDatabase({ ...server.connection, application_name: TEST_ITSELF }, { poolSize: 8, log: silentLog });
  await db.listener.start();
  const processes: FaultProcess<InstanceEvent>[] = [];
  const others: FaultProcess<{ event: string }>[] = [];

  async function organization(scripts: readonly SourceScript[], orgId?: string): Promise<FaultOrganization> {
    const urls = scripts.map((script, index) => scriptedUrl(`s${index}-${randomUUID().slice(0, 8)}`, script));
    const made = await createOrganization(db, { urls, orgId });
    return { ...made, items: urls.map((url, index) => ({ sourceId: made.sourceIds[index] ?? "", keys: keysOf(url) })) };
  }

  async function readActive(): Promise<string[]> {
    const runs = await db.system.run.findMany({ where: { finishedAt: null }, select: { id: true, status: true, attempt: true, queuedAt: true } });
    return runs.filter((run) => isActive(run.status)).map((run) => `${run.id} ${run.status}, attempt ${run.attempt}`);
  }

  async function expectSound(expectations: Expectations = {}): Promise<void> {
    const violations = await checkInvariantsAtRest(server.ownerConnection, expectations);
    // A thousand of the same kind say no more than a few.
    expect(violations.slice(0, SHOWN_VIOLATIONS), `${violations.length} violations`).toEqual([]);
  }

  return {
    server,
    db,
    async start(options, environment) {
      const started = startProcess<InstanceEvent>(program, { ...options, connection: server.connection }, environment);
      processes.push(started);
      await started.waitFor("ready");
      return started;
    },
    startProgram<Event extends { event: string }>(otherProgram: string, options: object, environment?: Record<string, string>) {
      const started = startProcess<Event>(otherProgram, options, environment);
      others.push(started);
      return started;
    },
    organization,
    runNow: (organization) => startRunOf(db, organization, RUN_LIMIT_MS),
    async untilIdle() {
      await until(db, readActive, (active) => active.length === 0, PROMISED_MS);
    },
    expectSound,
    async close() {
      await Promise.all([...processes, ...others].map((each) => each.kill()));
      await db.close();
      await server.drop();
    },
  };
}

/**
 * A test in a world of its own, which ends with it: most of a fault test is waiting, so the tests of a file run at the same time.
 * @param name As for `createFaultWorld`.
 */
export function inFaultWorld(name: string, test: (world: FaultWorld, context: TestContext) => Promise<void>): (context: TestContext) => Promise<void> {
  return async (context) => {
    const world = await createFaultWorld(name);
    try {
      await test(world, context);
    } finally {
      await world.close();
    }
  };
}

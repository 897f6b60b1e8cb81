import { describe, expect, it } from "vitest";
import type { Collecting, SlotRecord, SystemStatus } from "./system-readings";
import { systemTiles } from "./system-tiles";

type Answers = Parameters<typeof systemTiles>[0];

const at = (time: string) => new Date(`2026-11-24T${time}Z`);

const instance = (changes: Partial<SystemStatus["instances"][number]> = {}): SystemStatus["instances"][number] => ({
  instanceId: "a",
  host: "box",
  pid: 1,
  roles: ["web", "scheduler", "worker"],
  version: "0.1.0",
  startedAt: at("06:00:00"),
  lastSeenAt: at("07:00:00"),
  clockSkewMs: 3,
  armedWakeUps: 2,
  nextWakeUpAt: at("08:00:00"),
  activeRuns: 0,
  holdReason: null,
  disk: { freeBytes: 40e9, totalBytes: 100e9 },
  alive: true,
  ...changes,
});

const makeStatus = (changes: Partial<SystemStatus> = {}): SystemStatus => ({
  serverTime: at("07:00:01"),
  databaseTime: at("07:00:01"),
  clockSkewMs: -4,
  version: "0.1.0",
  postgresVersion: "18.4",
  databaseBytes: 12_400_000,
  unindexedItems: 3_000,
  instances: [instance()],
  schedulerLastSeenAt: at("07:00:00"),
  schedulerAlive: true,
  workerAlive: true,
  holdReason: null,
  queuedRuns: 0,
  runningRuns: 1,
  longestWaitMs: null,
  timeZoneData: "2026a",
  slotsTimeZoneData: "2026a",
  runRetention: { days: 90, count: 10_000 },
  sendsMail: true,
  ...changes,
});

const hour = { startsAt: at("06:00:00"), onTime: 60, late: 0, skipped: 0, missed: 0, superseded: 0 };
const makeRecord = (changes: Partial<SlotRecord["hours"][number]> = {}): SlotRecord => ({
  since: at("06:00:00"),
  lateness: { p50Ms: 12, p95Ms: 40, maxMs: 900, includesSpread: false },
  hours: [{ ...hour, ...changes }],
});

const makeCollecting = (changes: Partial<Collecting> = {}): Collecting => ({
  lastSuccessAt: at("06:56:00"),
  lastFailureAt: null,
  succeeding: 9,
  failing: 0,
  ...changes,
});

const ALL: Answers = { status: makeStatus(), record: makeRecord(), collecting: makeCollecting() };
const NONE: Answers = { status: null, record: null, collecting: null };
const named = (name: string, answers: Answers) => systemTiles(answers).find((each) => each.name === name);
const tile = (name: string, changes: Partial<SystemStatus> = {}) => named(name, { ...ALL, status: makeStatus(changes) });
const slots = (record: SlotRecord | null) => named("Slots, 24 hours", { ...ALL, record });

describe("systemTiles", () => {
  it("has the same tiles with and without answers", () => {
    const names = (tiles: { name: string }[]) => tiles.map((each) => each.name);
    expect(names(systemTiles(NONE))).toEqual(names(systemTiles(ALL)));
  });

  it("is unknown throughout without an answer", () => {
    expect(new Set(systemTiles(NONE).map((each) => each.state))).toEqual(new Set(["unknown"]));
  });

  it("knows the rest when one of the answers is missing", () => {
    const unknown = (answers: Answers) => systemTiles(answers).flatMap((each) => (each.state === "unknown" ? each.name : []));
    expect(unknown({ ...ALL, record: null })).toEqual(["Slots, 24 hours"]);
    expect(unknown({ ...ALL, collecting: null })).toEqual(["Sites"]);
    expect(unknown({ ...ALL, status: null })).not.toContain("Slots, 24 hours");
  });

  it("is good throughout when all is well", () => {
    expect(new Set(systemTiles(ALL).map((each) => each.state))).toEqual(new Set(["good"]));
  });
});

describe("the scheduler's tiles", () => {
  it("say since when the scheduler is silent", () => {
    expect(tile("Scheduler", { schedulerAlive: false })).toMatchObject({ state: "bad", word: "Silent", at: { instant: at("07:00:00") } });
  });

  it("tell a scheduler that never came from one that went", () => {
    expect(tile("Scheduler", { schedulerAlive: false, schedulerLastSeenAt: null })).toMatchObject({ state: "bad", word: "Not seen yet", at: undefined });
  });

  it("show the earliest wake-up of the schedulers that are alive", () => {
    const instances = [instance(), instance({ nextWakeUpAt: at("07:30:00") }), instance({ alive: false, nextWakeUpAt: at("07:01:00") })];
    expect(tile("Wake-ups", { instances })?.at).toEqual({ label: "Next", instant: at("07:30:00") });
  });

  it("count on no process that does something else", () => {
    expect(tile("Wake-ups", { instances: [instance({ roles: ["web", "worker"] })] })?.state).toBe("bad");
  });
});

describe("the workers' tiles", () => {
  it.each([
    ["none is alive", [instance({ alive: false })]],
    ["none of the processes is a worker", [instance({ roles: ["web", "scheduler"] })]],
    ["there is no process at all", []],
  ])("do not call it well when %s", (_when, instances) => {
    expect(tile("Workers", { instances })).toMatchObject({ state: "bad", word: "None" });
  });

  it("say why none of them takes runs", () => {
    const reason = "Less than 1 GB is free.";
    expect(tile("Workers", { instances: [instance({ holdReason: reason })], holdReason: reason })).toMatchObject({
      state: "bad",
      word: "Holding",
      detail: reason,
    });
  });

  it("warn when some of them take no runs", () => {
    const instances = [instance(), instance({ host: "full", holdReason: "Less than 1 GB is free." })];
    expect(tile("Workers", { instances })).toMatchObject({ state: "warning", word: "1 of 2 holding", detail: "full: Less than 1 GB is free." });
    const nameless = instances.map((each) => ({ ...each, host: null, pid: null }));
    expect(tile("Workers", { instances: nameless })?.detail).toBe("A process: Less than 1 GB is free.");
  });

  it("warn when a run has waited for more than a minute", () => {
    expect(tile("Queue", { queuedRuns: 3, longestWaitMs: 60_000 })).toMatchObject({ state: "good", word: "3 waiting" });
    expect(tile("Queue", { queuedRuns: 3, longestWaitMs: 61_000 })).toMatchObject({ state: "warning", detail: expect.stringContaining("1 min 1 s") });
  });
});

describe("the slots' tile", () => {
  it("names the percentiles", () => {
    expect(slots(makeRecord())).toMatchObject({ state: "good", word: "On time", detail: expect.stringMatching(/12 ms.*\(p50\).*40 ms.*\(p95\)/) });
  });

  it("leads with the worst that happened", () => {
    expect(slots(makeRecord({ late: 2 }))).toMatchObject({ state: "warning", word: "2 late" });
    expect(slots(makeRecord({ late: 2, missed: 1_200 }))).toMatchObject({ state: "warning", word: "1,200 missed" });
  });

  it("takes a skipped slot for what it is: nothing wrong with the clock", () => {
    expect(slots(makeRecord({ skipped: 1 }))?.state).toBe("good");
  });

  it("is quiet when nothing was due, and says so when everything was missed", () => {
    expect(slots({ ...makeRecord({ onTime: 0 }), lateness: null })).toMatchObject({ state: "quiet", word: "None due" });
    expect(slots({ ...makeRecord({ onTime: 0, missed: 4 }), lateness: null })).toMatchObject({ state: "warning", detail: "None was dispatched." });
  });

  it("does not let a spread pass for lateness without a word", () => {
    const lateness = { p50Ms: 300_000, p95Ms: 590_000, maxMs: 599_000, includesSpread: true };
    expect(slots({ ...makeRecord(), lateness })?.detail).toContain("spread");
  });
});

describe("the installation's tiles", () => {
  it.each([
    [2000, "good"],
    [2001, "warning"],
    [-2001, "warning"],
  ])("judge a skew of %d ms as %s", (clockSkewMs, state) => expect(tile("Clocks", { clockSkewMs })?.state).toBe(state));

  it("say how many items a search may still miss", () => {
    expect(tile("Search", { unindexedItems: 734_000 })).toMatchObject({
      state: "warning",
      word: "Catching up",
      detail: expect.stringMatching(/^734,000 items/),
    });
  });

  it("notice the skew of any process", () => expect(tile("Clocks", { instances: [instance({ clockSkewMs: 60_000 })] })?.state).toBe("warning"));
  it("notice two versions side by side", () => expect(tile("Version", { instances: [instance({ version: "0.2.0" })] })?.state).toBe("warning"));

  it("notice slots that were computed with other time zone rules", () => {
    expect(tile("Time zone rules", { slotsTimeZoneData: "2026b" })).toMatchObject({ state: "warning", detail: expect.stringMatching(/2026b.*2026a/) });
    expect(tile("Time zone rules", { slotsTimeZoneData: null })).toMatchObject({ state: "good", word: "2026a" });
  });
});

describe("the tiles of what is outside", () => {
  it.each<[string, Partial<Collecting>, object]>([
    ["collected well", {}, { state: "good", word: "Answering", detail: "9 sources collected within the last hour.", at: { instant: at("06:56:00") } }],
    ["failed now and then", { failing: 1 }, { state: "good", detail: "1 of 10 sources failed within the last hour." }],
    ["failed mostly", { succeeding: 1, failing: 3 }, { state: "warning", word: "Mostly failing" }],
    ["failed all", { succeeding: 0, failing: 1 }, { state: "bad", word: "All failing", detail: expect.stringMatching(/^1 source failed/) }],
    ["were not collected lately", { succeeding: 0 }, { state: "quiet", word: "Idle", at: { label: "Last answer from a site" } }],
    ["were never collected", { lastSuccessAt: null, succeeding: 0 }, { state: "quiet", word: "Not asked yet" }],
  ])("say of sources that %s how the way to the web is", (_, changes, reading) => {
    expect(named("Sites", { ...ALL, collecting: makeCollecting(changes) })).toMatchObject(reading);
  });

  it.each<[string, number, object]>([
    ["room", 40e9, { state: "good", word: "40 GB free" }],
    ["little room", 2e9, { state: "warning", detail: expect.stringContaining("Make room") }],
    ["no room", 5e8, { state: "bad", detail: expect.stringContaining("Nothing is collected before 1.0 GB are free") }],
  ])("tell of a disk with %s", (_, freeBytes, reading) => {
    expect(tile("Disk", { instances: [instance(), instance({ disk: { freeBytes, totalBytes: 100e9 } })] })).toMatchObject(reading);
  });

  it("do not make up a disk that nobody sees, or that only a process saw that is gone", () => {
    const gone = instance({ alive: false, disk: { freeBytes: 1, totalBytes: 2 } });
    expect(tile("Disk", { instances: [instance({ disk: null }), gone] })).toMatchObject({ state: "quiet", word: "Not measured" });
  });

  it("say whether mail is set up, and that new zone rules wait", () => {
    expect(tile("Mail", { sendsMail: false })).toMatchObject({ state: "quiet", word: "Not set up" });
    expect(tile("Time zone rules", { timeZoneData: "2026b" })).toMatchObject({ state: "warning", word: "New rules: 2026b" });
    expect(tile("Time zone rules", { timeZoneData: "2025c" })).toMatchObject({ state: "warning", word: "Mixed" });
  });
});

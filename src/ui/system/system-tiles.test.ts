import { describe, expect, it } from "vitest";
import { type SystemStatus, systemTiles } from "./system-tiles";

const at = (time: string) => new Date(`2026-11-24T${time}Z`);

const instance = (changes: Partial<SystemStatus["instances"][number]> = {}): SystemStatus["instances"][number] => ({
  instanceId: "a",
  host: "box",
  pid: 1,
  version: "0.1.0",
  startedAt: at("06:00:00"),
  lastSeenAt: at("07:00:00"),
  clockSkewMs: 3,
  armedWakeUps: 2,
  nextWakeUpAt: at("08:00:00"),
  activeRuns: 0,
  alive: true,
  ...changes,
});

const status = (changes: Partial<SystemStatus> = {}): SystemStatus => ({
  serverTime: at("07:00:01"),
  databaseTime: at("07:00:01"),
  clockSkewMs: -4,
  version: "0.1.0",
  postgresVersion: "18.4",
  databaseBytes: 12_400_000,
  instances: [instance()],
  schedulerLastSeenAt: at("07:00:00"),
  schedulerAlive: true,
  queuedRuns: 0,
  runningRuns: 1,
  timeZoneData: "2026a",
  ...changes,
});

const tile = (name: string, changes: Partial<SystemStatus> = {}) => systemTiles(status(changes)).find((each) => each.name === name);

describe("systemTiles", () => {
  it("has the same tiles with and without a reading", () => {
    expect(systemTiles(null).map((each) => each.name)).toEqual(systemTiles(status()).map((each) => each.name));
  });

  it("is unknown throughout without a reading", () => expect(new Set(systemTiles(null).map((each) => each.state))).toEqual(new Set(["unknown"])));
  it("is good throughout when all is well", () => expect(new Set(systemTiles(status()).map((each) => each.state))).toEqual(new Set(["good"])));

  it("says since when the scheduler is silent", () => {
    expect(tile("Scheduler", { schedulerAlive: false })).toMatchObject({ state: "bad", word: "Silent", at: { instant: at("07:00:00") } });
  });

  it("tells a scheduler that never came from one that went", () => {
    expect(tile("Scheduler", { schedulerAlive: false, schedulerLastSeenAt: null })).toMatchObject({ state: "bad", word: "Not seen yet", at: undefined });
  });

  it("shows the earliest wake-up of the processes that are alive", () => {
    const instances = [instance(), instance({ nextWakeUpAt: at("07:30:00") }), instance({ alive: false, nextWakeUpAt: at("07:01:00") })];
    expect(tile("Wake-ups", { instances })?.at).toEqual({ label: "Next", instant: at("07:30:00") });
  });

  it("does not call it well when no process is alive", () => {
    const instances = [instance({ alive: false })];
    expect([tile("Wake-ups", { instances })?.state, tile("Worker", { instances })?.state]).toEqual(["bad", "bad"]);
  });

  it.each([
    [2000, "good"],
    [2001, "warning"],
    [-2001, "warning"],
  ])("judges a skew of %d ms as %s", (clockSkewMs, state) => expect(tile("Clocks", { clockSkewMs })?.state).toBe(state));

  it("notices the skew of any process", () => expect(tile("Clocks", { instances: [instance({ clockSkewMs: 60_000 })] })?.state).toBe("warning"));
  it("notices two versions side by side", () => expect(tile("Version", { instances: [instance({ version: "0.2.0" })] })?.state).toBe("warning"));
});

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { silentLog } from "@/testing/silent-log";
import { createResourceWatch, findShortage, type ResourceReadings, type ResourceWatch } from "./resource-watch";

const PLENTY: ResourceReadings = { descriptors: { used: 30, limit: 1_000 }, heap: { usedBytes: 50e6, limitBytes: 1_000e6 }, stalledMs: 0 };

describe("a process is short", () => {
  test.each<[string, Partial<ResourceReadings>, RegExp | null]>([
    ["of nothing", {}, null],
    ["of nothing, just below nine tenths of its descriptors", { descriptors: { used: 899, limit: 1_000 } }, null],
    ["of descriptors at nine tenths", { descriptors: { used: 900, limit: 1_000 } }, /^900 of 1000 files and sockets are open/],
    ["of nothing known where the system does not say", { descriptors: null }, null],
    ["of nothing, just below the share of memory", { heap: { usedBytes: 749e6, limitBytes: 1_000e6 } }, null],
    ["of memory", { heap: { usedBytes: 750e6, limitBytes: 1_000e6 } }, /^750 of 1000 MB of memory are used/],
    ["of nothing after five seconds of standing still", { stalledMs: 5_000 }, null],
    ["of time after more than that", { stalledMs: 6_100 }, /^The process stood still for 6 s/],
  ])("%s", (_what, readings, sentence) => {
    const shortage = findShortage({ ...PLENTY, ...readings });
    if (sentence) expect(shortage).toMatch(sentence);
    else expect(shortage).toBeNull();
  });
});

describe("the watch", () => {
  let watch: ResourceWatch;
  let used: number;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
    used = 10;
    watch = createResourceWatch({ log: silentLog, read: () => ({ ...PLENTY, descriptors: { used, limit: 100 } }) });
    watch.start();
  });

  afterEach(() => {
    watch.stop();
    vi.useRealTimers();
  });

  test("notices a shortage within a second, and its end", () => {
    vi.advanceTimersByTime(1_000);
    expect(watch.shortage()).toBeNull();
    used = 95;
    vi.advanceTimersByTime(1_000);
    expect(watch.shortage()).toContain("95 of 100");
    expect(watch.exhaustion()).toBe(watch.shortage());
    used = 10;
    vi.advanceTimersByTime(1_000);
    expect(watch.shortage()).toBeNull();
  });

  test("remembers for some seconds that the process stood still, of which it is not exhausted, and forgets it", () => {
    vi.advanceTimersByTime(1_000);
    // The clock goes on while no timer fires.
    vi.spyOn(performance, "now").mockReturnValue(performance.now() + 7_500);
    vi.advanceTimersToNextTimer();
    vi.mocked(performance.now).mockRestore();
    expect(watch.shortage()).toContain("stood still for 7 s");
    expect(watch.exhaustion()).toBeNull();
    vi.advanceTimersByTime(25_000);
    expect(watch.shortage()).toBeNull();
  });
});

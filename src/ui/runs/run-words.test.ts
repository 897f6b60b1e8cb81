import { describe, expect, it } from "vitest";
import { crashWords, elapsedMs, hostOf, lagMs, longestMs, missedWords, retryLabel, startedBy, supersededWords, unusualZeroWords } from "./run-words";

const at = (time: string) => new Date(`2026-11-24T${time}Z`);

describe("startedBy", () => {
  it("names the schedule", () => expect(startedBy({ trigger: "schedule", startedByName: null })).toBe("Schedule"));
  it("names the person", () => expect(startedBy({ trigger: "person", startedByName: "Ada" })).toBe("Ada"));
  it("still says that it was a person when the name is gone", () => expect(startedBy({ trigger: "person", startedByName: null })).toBe("A former member"));
  it("names the API key", () => expect(startedBy({ trigger: "api", startedByName: "Reporting" })).toBe("Reporting (API key)"));
  it("still says that it was the API when no key has a name", () => expect(startedBy({ trigger: "api", startedByName: null })).toBe("API"));
});

describe("lagMs", () => {
  it("is null up to a minute, inclusive", () => {
    expect(lagMs({ slotAt: at("07:00:00"), startedAt: at("07:01:00"), latenessMs: 0 })).toBeNull();
  });

  it("is the time from slot to start above a minute", () => {
    expect(lagMs({ slotAt: at("07:00:00"), startedAt: at("07:05:00"), latenessMs: 1000 })).toBe(300_000);
  });

  it("is the lateness at dispatch while the run has not started", () => {
    expect(lagMs({ slotAt: at("07:00:00"), startedAt: null, latenessMs: 90_000 })).toBe(90_000);
  });

  it("is null for a run without a slot", () => expect(lagMs({ slotAt: null, startedAt: at("07:05:00"), latenessMs: null })).toBeNull());
});

describe("elapsedMs", () => {
  it("ends at the end of the run", () => {
    expect(elapsedMs({ startedAt: at("07:00:00"), finishedAt: at("07:00:09") }, at("09:00:00"))).toBe(9000);
  });

  it("goes on to the present while the run is going", () => expect(elapsedMs({ startedAt: at("07:00:00"), finishedAt: null }, at("07:00:04"))).toBe(4000));
  it("is a second at least while it is going", () => expect(elapsedMs({ startedAt: at("07:00:00"), finishedAt: null }, at("06:59:00"))).toBe(1000));
  it("is null before the start", () => expect(elapsedMs({ startedAt: null, finishedAt: null }, at("07:00:00"))).toBeNull());
});

describe("longestMs", () => {
  it("goes by the runs that have ended", () => {
    const startedAt = at("07:00:00");
    const runs = [
      { startedAt, finishedAt: at("07:00:09") },
      { startedAt, finishedAt: at("07:03:00") },
      { startedAt, finishedAt: null },
      { startedAt: null, finishedAt: at("09:00:00") },
    ];
    expect(longestMs(runs)).toBe(180_000);
    expect(longestMs([])).toBe(0);
  });
});

describe("slot counts in words", () => {
  it("says nothing for none", () => expect([supersededWords(0), missedWords(0)]).toEqual([null, null]));
  it("says one", () => expect([supersededWords(1), missedWords(1)]).toEqual(["1 older slot was passed over.", "1 slot was missed."]));
  it("says several", () => expect([supersededWords(35), missedWords(6)]).toEqual(["35 older slots were passed over.", "6 slots were missed."]));
});

describe("crashWords", () => {
  it("says nothing without a crash", () => expect(crashWords({ status: "running", crashCount: 0 })).toBeNull());

  it.each([
    [1, "Resumed once: its worker stopped without a word."],
    [2, "Resumed twice: its workers stopped without a word."],
    [3, "Resumed 3 times: its workers stopped without a word."],
  ])("counts how often the run was resumed: %i", (crashCount, words) => {
    expect(crashWords({ status: "running", crashCount })).toBe(words);
    expect(crashWords({ status: "partial", crashCount })).toBe(words);
  });

  it("says what comes next while the run waits for another worker", () => {
    expect(crashWords({ status: "queued", crashCount: 1 })).toBe("Its worker stopped without a word. The next one goes on with it.");
    expect(crashWords({ status: "queued", crashCount: 2 })).toBe("2 of its workers stopped without a word. The next one goes on with it.");
  });

  it("leaves an abandoned run to its message", () => expect(crashWords({ status: "abandoned", crashCount: 2 })).toBeNull());
});

describe("unusualZeroWords", () => {
  it("names what is usual", () => expect(unusualZeroWords({ isUnusuallyEmpty: true, usualNewCount: 1_200 })).toBe("0 new; usually 1,200"));
  it("is null where nothing is unusual", () => expect(unusualZeroWords({ isUnusuallyEmpty: false, usualNewCount: 12 })).toBeNull());
});

describe("retryLabel", () => {
  const ended = { status: "partial", failedSourceCount: 5, retryableSourceCount: 5 } as const;
  it("counts what is retried", () => expect(retryLabel(ended)).toBe("Retry failed sources (5)"));
  it("counts only what is still collected", () => expect(retryLabel({ ...ended, retryableSourceCount: 1 })).toBe("Retry failed source (1)"));
  it("does not call a source failed that was not finished", () => {
    expect(retryLabel({ status: "cancelled", failedSourceCount: 0, retryableSourceCount: 2 })).toBe("Retry unfinished sources (2)");
  });
  it("is null where there is nothing to retry", () => expect(retryLabel({ ...ended, retryableSourceCount: 0 })).toBeNull());
  it("is null while the run is going", () => expect(retryLabel({ ...ended, status: "running" })).toBeNull());
});

describe("hostOf", () => {
  it("keeps the port", () => expect(hostOf("http://localhost:3000/samples/a?b=c")).toBe("localhost:3000"));
  it("returns what is no address", () => expect(hostOf("not an address")).toBe("not an address"));
});

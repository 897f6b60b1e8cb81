import { describe, expect, it } from "vitest";
import { liveModeOf, NEW_STREAM, streamLost, streamOpened, streamRefused, streamWorks } from "./stream-health";

describe("stream health", () => {
  it("gives up on the stream after two failed connects", () => {
    const once = streamLost(NEW_STREAM);
    expect([streamWorks(once), streamWorks(streamLost(once))]).toEqual([true, false]);
  });

  it("does not count the drop of a line that stood", () => {
    const dropped = streamLost(streamOpened());
    expect(streamWorks(streamLost(dropped))).toBe(true);
    expect(streamWorks(streamLost(streamLost(dropped)))).toBe(false);
  });

  it("gives up at once where the server says no, also after it had let the stream begin", () => expect(streamWorks(streamRefused())).toBe(false));

  it("counts anew once connected", () => expect(streamOpened().failedConnects).toBe(0));
});

describe("liveModeOf", () => {
  const broken = streamLost(streamLost(NEW_STREAM));

  it.each([
    ["off", false, streamOpened(), true, true],
    ["live", true, streamOpened(), true, true],
    ["connecting", true, NEW_STREAM, false, true],
    ["reconnecting", true, streamLost(streamOpened()), true, true],
    ["polling", true, broken, true, true],
    ["reconnecting", true, broken, true, false],
  ] as const)("is %s", (mode, wanted, health, hasBeenLive, answering) => expect(liveModeOf(wanted, health, hasBeenLive, answering)).toBe(mode));
});

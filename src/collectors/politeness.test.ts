import { afterEach, describe, expect, it } from "vitest";
import { openGate } from "@/testing/manners";
import { leaveSites, status, visitSite, watchedGate } from "@/testing/visited-site";
import type { HostGate } from "./host-gate";

afterEach(leaveSites);

describe("each request", () => {
  it("takes its turn at its host, robots.txt and redirects included, and gives it back whatever happens", async () => {
    const { gate, events } = watchedGate();
    const { get, urlOf } = await visitSite(
      { "a/1": (_, response) => response.writeHead(302, { location: urlOf("b/2") }).end(), "b/2": (request) => request.socket.destroy() },
      { gate },
    );
    await expect(get("a/1")).rejects.toMatchObject({ code: "connect" });
    const [a, b] = [
      ["into a", "out of a, 0, 0"],
      ["into b", "out of b, 0, 0"],
    ];
    expect(events).toEqual([...a, ...a, ...b, ...b]);
  });

  it("uses the turn that was waited for before", async () => {
    const { gate, events } = watchedGate();
    const { get, urlOf, visit } = await visitSite({ "a/1": "one" }, { gate, ignoreRobots: true });
    await visit.hold(new URL(urlOf("a/1")));
    expect(events).toEqual(["into a"]);
    await get("a/1");
    await visit.end();
    expect(events).toEqual(["into a", "out of a, 0, 0"]);
  });

  it("does not use a turn that was waited for long ago, or elsewhere", async () => {
    const { gate, events } = watchedGate(async (host, visitor) => {
      const pass = await openGate.enter(host, visitor);
      return pass && { ...pass, isFresh: () => false };
    });
    const { get, urlOf, visit } = await visitSite({ "a/1": "one", "b/1": "one" }, { gate, ignoreRobots: true });
    await visit.hold(new URL(urlOf("a/1")));
    await get("a/1");
    await visit.hold(new URL(urlOf("b/1")));
    await get("a/1");
    expect(events.filter((event) => event.startsWith("back"))).toEqual(["back from a", "back from b"]);
  });

  it("keeps the pause that robots.txt asks for", async () => {
    const { gate, events } = watchedGate();
    const { get } = await visitSite({ "a/robots.txt": "User-agent: *\nCrawl-delay: 7", "a/1": "one" }, { gate });
    await get("a/1");
    expect(events.at(-1)).toBe("out of a, 7000, 0");
  });

  it.each([429, 503])("that is answered with %i closes the host for as long as the site asks", async (code) => {
    const { gate, events } = watchedGate();
    const { get } = await visitSite({ "a/1": status(code, { "retry-after": "120" }) }, { gate, ignoreRobots: true });
    await expect(get("a/1")).rejects.toMatchObject({ httpStatus: code, retryAfterMs: 120_000 });
    expect(events).toEqual(["into a", "out of a, 0, 120000"]);
  });

  it("closes nothing with another status", async () => {
    const { gate, events } = watchedGate();
    const { get } = await visitSite({ "a/1": status(500, { "retry-after": "120" }) }, { gate, ignoreRobots: true });
    await expect(get("a/1")).rejects.toMatchObject({ httpStatus: 500 });
    expect(events.at(-1)).toBe("out of a, 0, 0");
  });

  it("has all of its time however long it waited for its turn", async () => {
    const limits = { deadlineMs: 200 };
    const silent = await visitSite({ "a/1": () => {} }, { ignoreRobots: true, limits });
    const slow: HostGate = {
      enter: async (host, visitor) => {
        // As long as the time of another request takes to run out.
        await expect(silent.get("a/1")).rejects.toMatchObject({ code: "timeout" });
        return openGate.enter(host, visitor);
      },
    };
    const { get } = await visitSite({ "a/1": "one" }, { gate: slow, ignoreRobots: true, limits });
    expect(await get("a/1")).toBe("one");
  });

  it("has no more time than that for the request itself (control)", async () => {
    const { get } = await visitSite({ "a/1": () => {} }, { ignoreRobots: true, limits: { deadlineMs: 200 } });
    await expect(get("a/1")).rejects.toMatchObject({ code: "timeout" });
  });

  it("is not made when nobody waits for it any more", async () => {
    const stop = new AbortController();
    const gate: HostGate = {
      enter: (_host, { signal }) =>
        new Promise((resolve) => {
          signal.addEventListener("abort", () => resolve(null));
          stop.abort();
        }),
    };
    const { get, asked } = await visitSite({ "a/1": "one" }, { gate, signal: stop.signal });
    const fetched = get("a/1");
    await expect(fetched).rejects.toMatchObject({ code: "cancelled" });
    expect(asked).toEqual([]);
  });

  it("fails with what the gate throws that is no fault of the site's", async () => {
    const broken = Object.assign(new Error("The database is gone."), { code: "ECONNREFUSED" });
    const { get } = await visitSite({}, { gate: { enter: () => Promise.reject(broken) } });
    await expect(get("a/1")).rejects.toBe(broken);
  });
});

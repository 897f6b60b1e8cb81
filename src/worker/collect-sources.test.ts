import { describe, expect, it } from "vitest";
import type { PendingSource } from "@/db/run-sources";
import type { Wait } from "@/db/transient";
import { createFairTurns } from "@/domain/fair-turns";
import { type CollectingOptions, collectSources } from "./collect-sources";

function pending(name: string, known: Partial<PendingSource> = {}): PendingSource {
  const definition = { kind: "feed", name, url: `https://${name}.example/`, config: {} } as const;
  return { runSourceId: name, sourceId: name, definition, reading: null, definedAt: new Date(0), attempts: 0, waitMs: 0, crashCount: 0, ...known };
}

/** Time that passes when the test says so, or when the wait is cut short. */
function waits() {
  const going: { ms: number; end: () => void }[] = [];
  const wait: Wait = (ms, signal) =>
    new Promise((resolve) => {
      going.push({ ms, end: resolve });
      signal?.addEventListener("abort", () => resolve());
    });
  return { going, wait };
}

function options(known: Partial<CollectingOptions> = {}): CollectingOptions {
  return { turns: createFairTurns(2), group: "run", wait: async () => {}, signal: new AbortController().signal, ...known };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("the sources of a run", () => {
  it("are collected in their order, a few at a time", async () => {
    const order: string[] = [];
    let [inside, most] = [0, 0];
    await collectSources(
      ["a", "b", "c", "d"].map((name) => pending(name)),
      options(),
      async (source) => {
        order.push(source.sourceId);
        most = Math.max(most, ++inside);
        await settle();
        inside -= 1;
        return null;
      },
    );
    expect(order).toEqual(["a", "b", "c", "d"]);
    expect(most).toBe(2);
  });

  it("are tried again for as long as they want to be, with the number of the attempt", async () => {
    const attempts: number[] = [];
    await collectSources([pending("a", { attempts: 1 })], options(), async (_, nth) => {
      attempts.push(nth);
      return nth < 4 ? 10 : null;
    });
    expect(attempts).toEqual([2, 3, 4]);
  });

  it("take no place while they wait", async () => {
    const { going, wait } = waits();
    const order: string[] = [];
    const done = collectSources([pending("a"), pending("b"), pending("c")], options({ turns: createFairTurns(1), wait }), async ({ sourceId }, nth) => {
      order.push(`${sourceId}${nth}`);
      return sourceId === "a" && nth === 1 ? 5_000 : null;
    });
    await settle();
    expect(order).toEqual(["a1", "b1", "c1"]);
    expect(going.map(({ ms }) => ms)).toEqual([5_000]);
    going[0]?.end();
    await done;
    expect(order).toEqual(["a1", "b1", "c1", "a2"]);
  });

  it("wait for what is left of a wait that another worker began", async () => {
    const { going, wait } = waits();
    const order: string[] = [];
    const done = collectSources([pending("a", { waitMs: 700 }), pending("b")], options({ wait }), async ({ sourceId }) => {
      order.push(sourceId);
      return null;
    });
    await settle();
    expect(order).toEqual(["b"]);
    expect(going.map(({ ms }) => ms)).toEqual([700]);
    going[0]?.end();
    await done;
    expect(order).toEqual(["b", "a"]);
  });

  it("give their place away while they wait for their site, and get the next but one that becomes free", async () => {
    const order: string[] = [];
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    await collectSources(
      ["busy", "a", "b", "c"].map((name) => pending(name)),
      options({ turns: createFairTurns(1) }),
      async ({ sourceId }, _nth, { stepOut }) => {
        if (sourceId === "busy") await stepOut(() => opened);
        if (sourceId === "a") open();
        await settle();
        order.push(sourceId);
        return null;
      },
    );
    expect(order).toEqual(["a", "b", "busy", "c"]);
  });

  it("begin as soon as a place is left for good, while what is left of an attempt goes on", async () => {
    const order: string[] = [];
    let store = () => {};
    const stored = new Promise<void>((resolve) => {
      store = resolve;
    });
    await collectSources(
      ["a", "b", "c"].map((name) => pending(name)),
      options({ turns: createFairTurns(1) }),
      async ({ sourceId }, _nth, { leave }) => {
        order.push(`${sourceId} begins`);
        if (sourceId === "b") store();
        if (sourceId !== "a") await settle();
        else {
          leave();
          await stored;
        }
        order.push(`${sourceId} ends`);
        return null;
      },
    );
    expect(order).toEqual(["a begins", "b begins", "a ends", "b ends", "c begins", "c ends"]);
  });

  it("are told when nobody should wait for their site any longer", async () => {
    const attempts: Promise<void>[] = [];
    const failing = collectSources([pending("busy"), pending("bad")], options(), async ({ sourceId }, _nth, { stepOut, signal }) => {
      if (sourceId === "bad") throw new Error("The database is gone.");
      attempts.push(stepOut(() => new Promise((resolve) => signal.addEventListener("abort", () => resolve()))));
      await attempts[0];
      return null;
    });
    await expect(failing).rejects.toThrow("The database is gone.");
    expect(attempts).toHaveLength(1);
  });

  it("wait no longer when the run is stopped, and are not tried again", async () => {
    const { wait } = waits();
    const stop = new AbortController();
    let attempts = 0;
    const done = collectSources([pending("a"), pending("b")], options({ turns: createFairTurns(1), wait, signal: stop.signal }), async () => {
      attempts += 1;
      return 60_000;
    });
    await settle();
    stop.abort();
    await done;
    expect(attempts).toBe(2);
  });

  it("are left when one of them throws: nothing new is begun, what was begun ends first", async () => {
    const order: string[] = [];
    let release = () => {};
    const done = collectSources(
      ["slow", "bad", "late"].map((name) => pending(name)),
      options(),
      async ({ sourceId }) => {
        order.push(sourceId);
        if (sourceId === "bad") throw new Error("The database is gone.");
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        order.push(`${sourceId} ended`);
        return null;
      },
    );
    await settle();
    release();
    await expect(done).rejects.toThrow("The database is gone.");
    expect(order).toEqual(["slow", "bad", "slow ended"]);
  });
});

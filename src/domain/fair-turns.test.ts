import { describe, expect, it } from "vitest";
import { createFairTurns, type FairTurns } from "./fair-turns";

/** Lets everybody who asked have their turn, one after the other, and gives the order. */
async function orderOf(turns: FairTurns, asked: [group: string, name: string][]): Promise<string[]> {
  const order: string[] = [];
  await Promise.all(
    asked.map(async ([group, name]) => {
      const leave = await turns.take(group);
      order.push(name);
      leave?.();
    }),
  );
  return order;
}

/** All places taken, to be freed by the returned function. */
async function full(size: number) {
  const turns = createFairTurns(size);
  const leaves = await Promise.all(Array.from({ length: size }, () => turns.take("first")));
  return { turns, free: () => leaves.pop()?.() };
}

describe("turns", () => {
  it("go round the groups that wait", async () => {
    const { turns, free } = await full(1);
    const order = orderOf(turns, [
      ["a", "a1"],
      ["a", "a2"],
      ["a", "a3"],
      ["b", "b1"],
      ["c", "c1"],
      ["c", "c2"],
    ]);
    free();
    expect(await order).toEqual(["a1", "b1", "c1", "a2", "c2", "a3"]);
  });

  it("are first come, first served within one group", async () => {
    const { turns, free } = await full(1);
    const order = orderOf(turns, [
      ["a", "a1"],
      ["a", "a2"],
      ["a", "a3"],
    ]);
    free();
    expect(await order).toEqual(["a1", "a2", "a3"]);
  });

  it("are as many at a time as there are places", async () => {
    const turns = createFairTurns(3);
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const leave = await turns.take(`${index % 4}`);
        most = Math.max(most, ++inside);
        await Promise.resolve();
        inside -= 1;
        leave?.();
      }),
    );
    expect(most).toBe(3);
  });

  it("are not given to somebody who comes while a place passes on", async () => {
    const { turns, free } = await full(1);
    const order: string[] = [];
    const waiting = turns.take("a").then(() => order.push("waiting"));
    free();
    const late = turns.take("a");
    await waiting;
    expect(order).toEqual(["waiting"]);
    turns.close();
    expect(await late).toBeNull();
  });

  it("are freed once, however often somebody leaves", async () => {
    const turns = createFairTurns(1);
    const leave = await turns.take("a");
    leave?.();
    leave?.();
    await turns.take("a");
    const second = turns.take("a");
    turns.close();
    expect(await second).toBeNull();
  });

  it("are taken without waiting only where one is free", async () => {
    const turns = createFairTurns(1);
    const leave = turns.takeFree("a");
    expect(leave).not.toBeNull();
    expect(turns.takeFree("a")).toBeNull();
    leave?.();
    expect(turns.takeFree("a")).not.toBeNull();
    turns.close();
    expect(turns.takeFree("a")).toBeNull();
  });

  it("are not kept for those who stopped waiting", async () => {
    const { turns, free } = await full(1);
    const stop = new AbortController();
    const [left, stays] = [turns.take("a", stop.signal), turns.take("a")];
    stop.abort();
    expect(await left).toBeNull();
    free();
    expect(await stays).not.toBeNull();
    expect(await turns.take("a", AbortSignal.abort())).toBeNull();
  });

  it("are given to a group up to its share, and others get theirs although it waits", async () => {
    const turns = createFairTurns(3, 1);
    const first = await turns.take("a");
    const [second, third] = [turns.take("a"), turns.take("a")];
    const others = [await turns.take("b"), await turns.take("c")];
    expect(others).not.toContain(null);
    first?.();
    const leave = await second;
    expect(leave).not.toBeNull();
    turns.close();
    leave?.();
    expect(await third).toBeNull();
  });

  it("are passed by a group that has its share", async () => {
    const turns = createFairTurns(2, 1);
    const [a, b] = [await turns.take("a"), await turns.take("b")];
    const order: string[] = [];
    const waits = ["a", "c", "b"].map((group) => turns.take(group).then(() => order.push(group)));
    b?.();
    await waits[1];
    expect(order).toEqual(["c"]);
    a?.();
    await waits[0];
    expect(order).toEqual(["c", "a"]);
    turns.close();
    await Promise.all(waits);
  });

  it("are given to nobody once closed", async () => {
    const { turns } = await full(1);
    const waiting = turns.take("a");
    turns.close();
    expect(await waiting).toBeNull();
    expect(await turns.take("a")).toBeNull();
  });
});

import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { contentHash } from "@/collectors/content-hash";
import { hashItems } from "./hash-items";

const fields = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`field${index}`, index]));
const items = Array.from({ length: 2_000 }, (_, index) => ({ key: String(index), title: `Item ${index}`, fields }));

/** How often others had their turn before the work was done. */
async function turnsDuring(work: () => unknown): Promise<number> {
  let [turns, going] = [0, true];
  const others = (async () => {
    while (going) {
      await nextTurn();
      turns += 1;
    }
  })();
  await work();
  going = false;
  const during = turns;
  await others;
  return during;
}

describe("the items of a source", () => {
  it("get the hash of their content, in their order", async () => {
    const [first, ...rest] = await hashItems(items);
    expect(first).toEqual({ ...items[0], contentHash: contentHash({ title: "Item 0", fields }) });
    expect(rest.map(({ key }) => key)).toEqual(items.slice(1).map(({ key }) => key));
  });

  it("leave others their turns, however many they are", async () => {
    expect(await turnsDuring(() => hashItems(items))).toBeGreaterThan(2);
  });

  it("leave none when they are hashed in one piece (control)", async () => {
    expect(await turnsDuring(() => items.map(contentHash))).toBe(0);
  });
});

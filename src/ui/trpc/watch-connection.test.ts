import { describe, expect, test } from "vitest";
import { watchConnection } from "./watch-connection";

function watched(reaches: () => Promise<boolean>) {
  const browser = new EventTarget();
  const said: boolean[] = [];
  const stop = watchConnection((online) => said.push(online), { browser, reaches });
  const happens = async (name: "online" | "offline") => {
    browser.dispatchEvent(new Event(name));
    await new Promise(setImmediate);
  };
  return { said, stop, happens };
}

describe("a browser that calls itself offline", () => {
  test("is online for as long as the server answers: it may be on the same machine", async () => {
    const { said, happens } = watched(async () => true);
    await happens("offline");
    expect(said).toEqual([true]);
  });

  test("is offline when the server cannot be reached, until it is back", async () => {
    const { said, happens } = watched(async () => false);
    await happens("offline");
    await happens("online");
    expect(said).toEqual([false, true]);
  });

  test("stays online when it is back before the server could be asked", async () => {
    let answer = (_reached: boolean) => {};
    const { said, happens } = watched(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    await happens("offline");
    await happens("online");
    answer(false);
    await new Promise(setImmediate);
    expect(said).toEqual([true]);
  });

  test("is not listened to any more once nobody asks", async () => {
    const { said, stop, happens } = watched(async () => false);
    stop();
    await happens("offline");
    expect(said).toEqual([]);
  });
});

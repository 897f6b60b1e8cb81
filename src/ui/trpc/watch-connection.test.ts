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

  test("heeds the answer to its last question only: before that one it may have been back, and lost again", async () => {
    const answers: ((reached: boolean) => void)[] = [];
    const { said, stop, happens } = watched(() => new Promise((resolve) => answers.push(resolve)));
    const answer = async (question: number, reached: boolean) => {
      answers[question]?.(reached);
      await new Promise(setImmediate);
    };
    await happens("offline");
    await happens("online");
    await answer(0, false);
    expect(said).toEqual([true]);
    await happens("offline");
    await happens("offline");
    await answer(2, true);
    await answer(1, false);
    expect(said).toEqual([true, true]);
    await happens("offline");
    stop();
    await answer(3, false);
    expect(said).toEqual([true, true]);
  });

  test("is not listened to any more once nobody asks", async () => {
    const { said, stop, happens } = watched(async () => false);
    stop();
    await happens("offline");
    expect(said).toEqual([]);
  });
});

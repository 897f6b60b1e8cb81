import { afterEach, describe, expect, it } from "vitest";
import { createWakeUps, type WakeUps } from "./wake-ups";

const armed: WakeUps[] = [];

afterEach(async () => {
  await Promise.all(armed.splice(0).map((wakeUps) => wakeUps.clear()));
});

/** Wake-ups whose first firing can be waited for. */
function create() {
  let fire = () => {};
  const fired = new Promise<void>((resolve) => {
    fire = resolve;
  });
  const wakeUps = createWakeUps(fire);
  armed.push(wakeUps);
  return { wakeUps, fired };
}

const nextSecond = (after: number) => new Date(Math.ceil((Date.now() + after) / 1000) * 1000);

describe("wake-ups", () => {
  it("fire at their instant, once, and are gone then", async () => {
    const { wakeUps, fired } = create();
    const at = nextSecond(200);
    await wakeUps.arm([at]);
    expect(wakeUps.nextAt()).toEqual(at);
    await fired;
    expect(Date.now()).toBeGreaterThanOrEqual(at.getTime());
    expect(wakeUps.count()).toBe(0);
  });

  it("are one for each distinct instant", async () => {
    const { wakeUps } = create();
    const [soon, later] = [nextSecond(3_600_000), nextSecond(7_200_000)];
    await wakeUps.arm([later, soon, new Date(soon)]);
    expect(wakeUps.count()).toBe(2);
    expect(wakeUps.nextAt()).toEqual(soon);
  });

  it("follow the newest list: what is no longer in it is disarmed", async () => {
    const { wakeUps } = create();
    const [soon, later] = [nextSecond(3_600_000), nextSecond(7_200_000)];
    await wakeUps.arm([soon]);
    await wakeUps.arm([later]);
    expect(wakeUps.nextAt()).toEqual(later);
    await wakeUps.clear();
    expect(wakeUps.nextAt()).toBeNull();
  });
});

import { setTimeout as sleep } from "node:timers/promises";
import { cancelledError } from "./fetch-error";
import { type HostGate, type HostPass, hostOf, type Visitor } from "./host-gate";
import type { RobotsWord } from "./robots";

/** One collection of a source, as the hosts see it that it asks. */
export interface Visit {
  readonly signal: AbortSignal;
  /** The source's editors have the permission of the site's owner. */
  readonly ignoreRobots: boolean;
  /** Is told what robots.txt says of each address that is asked for. */
  readonly onRobots?: (word: RobotsWord) => void;
  /** Waits until a request may be made to the address's host. @throws CollectError `asked_to_wait`, `cancelled` */
  hold(url: URL): Promise<void>;
  /** The same, and hands over the turn for one request. */
  take(url: URL): Promise<HostPass>;
  /** Waits before the next page, in milliseconds, and takes up no room meanwhile. */
  rest(ms: number): Promise<void>;
  /** Gives back the turn that nobody used. */
  end(): Promise<void>;
}

/** A visit that has no turn yet. Whatever waits for one may `hold` it, and the first request to that host uses it. */
export function createVisit(gate: HostGate, ignoreRobots: boolean, visitor: Visitor): Visit {
  let held: HostPass | undefined;

  async function end(): Promise<void> {
    const unused = held;
    held = undefined;
    await unused?.giveBack();
  }

  async function passFor(url: URL): Promise<HostPass> {
    const host = hostOf(url);
    if (held?.host === host && held.isFresh()) return held;
    await end();
    const entered = await gate.enter(host, visitor);
    if (!entered) throw cancelledError();
    return entered;
  }

  return {
    signal: visitor.signal,
    ignoreRobots,
    async hold(url) {
      held = await passFor(url);
    },
    async take(url) {
      const pass = await passFor(url);
      held = undefined;
      return pass;
    },
    async rest(ms) {
      // Cut short it ends like any other: whatever is asked for next finds the signal.
      await visitor.stepOut(() => sleep(ms, undefined, { signal: visitor.signal }).catch(() => {}));
    },
    end,
  };
}

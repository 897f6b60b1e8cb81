import { randomUUID } from "node:crypto";
import { DEFAULT_FETCH_LIMITS } from "@/collectors/fetch-page";
import { askedToWaitError, type HostGate, type HostPass, type Visitor } from "@/collectors/host-gate";
import { endTurn, leaveQueue, type TurnRequest, takeTurn } from "@/db/host-turns";
import type { SqlTx } from "@/db/transaction";
import { createHostLanes } from "./host-lanes";
import { pause } from "./pause";
import { type TransactDeps, transactSql } from "./transact";

export interface HostGateOptions extends TransactDeps {
  /** Between the end of a request to a host and the beginning of the next one, in milliseconds. */
  spacingMs: number;
  /** A request whose process died keeps its host from others for this long, in milliseconds. Longer than it may take, unless told. */
  leaseMs?: number;
}

/** From the turn to the beginning of its request. */
const SPARE_MS = 5_000;
/** A site that asked to be left alone for longer than this is left to the next attempt. */
const PATIENCE_MS = 5_000;
/** A site cannot close itself for longer. */
const LONGEST_CLOSED_MS = 3_600_000;

/** Requests take turns at each host, those of all processes together: the database knows whose it is. */
export function createHostGate(options: HostGateOptions): HostGate {
  const { spacingMs, wait = pause } = options;
  const lanes = createHostLanes();

  /** Asks again and again, as late as it is told to. False when the signal fired. */
  async function untilItsTurn(host: string, request: TurnRequest, { signal, stepOut }: Visitor): Promise<boolean> {
    while (!signal.aborted) {
      const plan = await transactSql(options, (tx) => takeTurn(tx, host, request));
      if (plan.kind === "enter") return true;
      if (plan.kind === "closed" && plan.waitMs > PATIENCE_MS) throw askedToWaitError(plan.waitMs);
      await stepOut(() => wait(plan.waitMs, signal));
    }
    return false;
  }

  /** Once, as nobody should wait for it: what it does comes about by itself with time. */
  async function tryToTell(work: (tx: SqlTx) => Promise<void>): Promise<void> {
    await options.db
      .withSql(work)
      .catch((error: Error) => options.log.warn({ reason: error.message }, "others could not be told that a host is free, they find out by themselves"));
  }

  function createPass(host: string, { token }: TurnRequest, leaveLane: () => void): HostPass {
    const freshUntil = performance.now() + SPARE_MS;
    let left = false;

    async function leave(end: Parameters<typeof endTurn>[3]): Promise<void> {
      if (left) return;
      left = true;
      await tryToTell((tx) => endTurn(tx, host, token, end));
      leaveLane();
    }

    return {
      host,
      isFresh: () => performance.now() < freshUntil,
      leave: ({ pauseMs = 0, closedForMs = 0 }) => leave({ pauseMs: Math.max(spacingMs, pauseMs), closedForMs: Math.min(LONGEST_CLOSED_MS, closedForMs) }),
      giveBack: () => leave({ pauseMs: 0, closedForMs: 0 }),
    };
  }

  return {
    async enter(host, visitor) {
      const leaveLane = visitor.passesOthers ? () => {} : await lanes.take(host, visitor);
      if (!leaveLane) return null;
      const { requestMs = DEFAULT_FETCH_LIMITS.deadlineMs } = visitor;
      const request = { token: randomUUID(), spacingMs, leaseMs: options.leaseMs ?? requestMs + SPARE_MS };
      let entered = false;
      try {
        entered = await untilItsTurn(host, request, visitor);
      } finally {
        if (!entered) {
          await tryToTell((tx) => leaveQueue(tx, host, request.token));
          leaveLane();
        }
      }
      return entered ? createPass(host, request, leaveLane) : null;
    },
  };
}

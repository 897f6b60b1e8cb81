import { type HostTurns, planTurn, type TurnPlan } from "@/domain/host-turn";
import { keptPlan } from "./kept-plan";
import type { SqlTx } from "./transaction";

/** A request that wants its turn at a host. */
export interface TurnRequest {
  /** Names the request; whoever asks again does so with the same. */
  token: string;
  /** The usual pause between two requests, in milliseconds. */
  spacingMs: number;
  /** From its turn on: after that it counts as dead, in milliseconds. */
  leaseMs: number;
}

/**
 * Asks for the turn at a host, on the database's clock and for all processes together. Done twice with the same token it comes to the same.
 * @param host Name and port.
 */
export async function takeTurn(tx: SqlTx, host: string, { token, spacingMs, leaseMs }: TurnRequest): Promise<TurnPlan> {
  const { now, ...turns } = await lockTurns(tx, host);
  const plan = planTurn(turns, { token, spacingMs }, now);
  if (plan.kind === "enter") {
    await tx.$executeRaw(keptPlan`
      update host_turn set holder = ${token}::uuid, held_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond', waiting = ${plan.waiting}::uuid[]
      where host = ${host}`);
  }
  if (plan.kind === "wait") await tx.$executeRaw(keptPlan`update host_turn set waiting = ${plan.waiting}::uuid[] where host = ${host}`);
  return plan;
}

/** Locks the row of a host, new or not, until the transaction ends: `now` is later than what anybody before has written. */
async function lockTurns(tx: SqlTx, host: string): Promise<HostTurns & { now: Date }> {
  const [row] = await tx.$queryRaw<[HostTurns & { now: Date }]>(keptPlan`
    insert into host_turn (host, open_at) values (${host}, clock_timestamp())
    on conflict (host) do update set host = excluded.host
    returning holder, held_until as "heldUntil", open_at as "openAt", closed_until as "closedUntil", waiting, clock_timestamp() as now`);
  return row;
}

interface TurnEnd {
  /** Until the next request may begin, in milliseconds. */
  pauseMs: number;
  /** For how long the site asked to be left alone, in milliseconds; 0 when it did not. */
  closedForMs: number;
}

/** Ends a turn. One that took so long that another one has begun changes nothing but how long the host is closed. */
export async function endTurn(tx: SqlTx, host: string, token: string, { pauseMs, closedForMs }: TurnEnd): Promise<void> {
  await tx.$executeRaw(keptPlan`
    update host_turn set holder = null, held_until = null, open_at = clock_timestamp() + ${pauseMs} * interval '1 millisecond'
    where host = ${host} and holder = ${token}::uuid`);
  if (closedForMs === 0) return;
  await tx.$executeRaw(keptPlan`
    update host_turn set closed_until = greatest(closed_until, clock_timestamp() + ${closedForMs} * interval '1 millisecond') where host = ${host}`);
}

/** Takes a request that stopped waiting out of the queue. */
export async function leaveQueue(tx: SqlTx, host: string, token: string): Promise<void> {
  await tx.$executeRaw(keptPlan`update host_turn set waiting = array_remove(waiting, ${token}::uuid) where host = ${host}`);
}

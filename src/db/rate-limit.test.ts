import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { ownDatabase } from "@/testing/own-database";
import type { Database } from "./client";
import { type AttemptRule, countAttempt, forgetAttempts, returnAttempt, takeAttempt } from "./rate-limit";

const MINUTE_MS = 60_000;
const RULE: AttemptRule = { free: 3, firstWaitMs: MINUTE_MS, longestWaitMs: 4 * MINUTE_MS, forgetAfterMs: 10 * MINUTE_MS };

let db: Database;

ownDatabase((own) => {
  db = own.db;
});

const take = (key: string) => takeAttempt(db.system, key, RULE);

/** As if the last attempt had been made so much earlier. */
const letPass = (key: string, ms: number) => db.system.$executeRaw`update rate_limit set last_request = last_request - ${ms}::int where key = ${key}`;

/** Waits as long as it is told to, and returns how long that was, in minutes. */
async function waitAndTake(key: string): Promise<number> {
  const waitMs = await take(key);
  await letPass(key, waitMs);
  expect(await take(key)).toBe(0);
  return Math.ceil(waitMs / MINUTE_MS);
}

test("the free attempts are had at once, the next ones after waits that double up to the longest", async () => {
  const key = randomUUID();
  expect([await take(key), await take(key), await take(key)]).toEqual([0, 0, 0]);
  expect([await waitAndTake(key), await waitAndTake(key), await waitAndTake(key), await waitAndTake(key)]).toEqual([1, 2, 4, 4]);
});

test("a refused attempt makes the wait no longer", async () => {
  const key = randomUUID();
  for (let tries = 0; tries < 3; tries++) await take(key);
  const first = await take(key);
  await letPass(key, MINUTE_MS / 2);
  const second = await take(key);
  expect(first - second).toBeGreaterThanOrEqual(MINUTE_MS / 2);
});

test("of fifty attempts at once as many pass as are free", async () => {
  const key = randomUUID();
  const waits = await Promise.all(Array.from({ length: 50 }, () => take(key)));
  expect(waits.filter((wait) => wait === 0)).toHaveLength(RULE.free);
});

test("after a calm time all are free again", async () => {
  const key = randomUUID();
  for (let tries = 0; tries < 3; tries++) await take(key);
  await letPass(key, RULE.forgetAfterMs);
  expect([await take(key), await take(key), await take(key)]).toEqual([0, 0, 0]);
  expect(await take(key)).toBeGreaterThan(0);
});

test("an attempt that is given back was none, and forgetting makes all free", async () => {
  const key = randomUUID();
  for (let tries = 0; tries < 10; tries++) {
    expect(await take(key)).toBe(0);
    await returnAttempt(db.system, key);
  }
  for (let tries = 0; tries < 3; tries++) await take(key);
  await forgetAttempts(db.system, key);
  expect(await take(key)).toBe(0);
});

test("a window counts from its first attempt", async () => {
  const key = randomUUID();
  const count = () => countAttempt(db.system, key, MINUTE_MS);
  expect([await count(), await count()]).toEqual([1, 2]);
  await letPass(key, MINUTE_MS);
  expect([await count(), await count()]).toEqual([1, 2]);
});

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { notifyRun } from "@/db/notify";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";
import { watchRun } from "./watch-run";

const QUICK = { lookAgainMs: 60_000, betweenEventsMs: 1 };

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

async function newRun() {
  const organization = await world.organization();
  const owner = world.caller(organization.session);
  const { runId } = await owner.run.start({ requestKey: randomUUID(), presetId: organization.presetId });
  const change = (data: { attempt?: number; status?: "succeeded"; finishedAt?: Date }) =>
    world.db.withSystem(async (tx) => {
      await tx.run.update({ where: { id: runId }, data });
      await notifyRun(tx, organization.orgId, runId);
    });
  const finish = () => change({ status: "succeeded", finishedAt: new Date() });
  return { ...organization, owner, runId, change, finish };
}

/** In this process an event is a tuple; what the types say, id and data, is how a browser gets it. */
async function open(iterable: Promise<AsyncIterable<unknown>>) {
  const events = (await iterable)[Symbol.asyncIterator]();
  const next = async () => {
    const { done, value } = await events.next();
    const [id, run] = (value ?? []) as [id?: string, run?: unknown];
    return done ? "ended" : { id, run };
  };
  return { next, close: () => events.return?.() };
}

test("events begin with the run as it is, follow each change and end with the final state", async () => {
  const { owner, runId, change, finish } = await newRun();
  const events = await open(owner.run.events({ runId }));
  expect(await events.next()).toMatchObject({ id: "1", run: { id: runId, status: "queued" } });
  await change({ attempt: 3 });
  expect(await events.next()).toMatchObject({ id: "2", run: { attempt: 3 } });
  await finish();
  expect(await events.next()).toMatchObject({ id: "3", run: { status: "succeeded" } });
  expect(await events.next()).toBe("ended");
});

test("an event holds what run.get answers and nothing more", async () => {
  const { owner, runId } = await newRun();
  const events = await open(owner.run.events({ runId }));
  expect(await events.next()).toEqual({ id: "1", run: await owner.run.get({ runId }) });
  await events.close();
});

test("a run that has ended gives its final state and ends", async () => {
  const { owner, runId, finish } = await newRun();
  await finish();
  const events = await open(owner.run.events({ runId, lastEventId: "41" }));
  expect(await events.next()).toMatchObject({ id: "42", run: { status: "succeeded" } });
  expect(await events.next()).toBe("ended");
});

test("several quick changes are one event with the latest state", async () => {
  const { owner, runId, change, finish } = await newRun();
  const events = await open(owner.run.events({ runId }));
  await events.next();
  for (let attempt = 1; attempt <= 5; attempt++) await change({ attempt });
  await finish();
  expect(await events.next()).toMatchObject({ id: "2", run: { attempt: 5, status: "succeeded" } });
  expect(await events.next()).toBe("ended");
});

test("a change that falls between the first look and the waiting is not missed", async () => {
  const { session, runId, finish } = await newRun();
  const context = { ...world.context(session), caller: session };
  const events = await open(Promise.resolve(watchRun(context, { runId }, undefined, QUICK)));
  await events.next();
  await finish();
  expect(await events.next()).toMatchObject({ run: { status: "succeeded" } });
});

test("a run of another organization, or none, is not found", async () => {
  const { owner } = await newRun();
  const other = await newRun();
  for (const runId of [other.runId, randomUUID()]) {
    const events = await open(owner.run.events({ runId }));
    await expect(events.next()).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
});

test("a stream ends within a second of its session, although nothing of the run changes", async () => {
  const { owner, session, runId } = await newRun();
  const events = await open(owner.run.events({ runId }));
  await events.next();
  const refusal = expect(events.next()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  const endedAt = performance.now();
  await world.db.system.session.delete({ where: { id: session.id } });
  await refusal;
  expect(performance.now() - endedAt).toBeLessThan(1_000);
});

test("the end of another session of the same person ends no stream", async () => {
  const { session, runId, userId, change } = await newRun();
  const context = { ...world.context(session), caller: session };
  const events = await open(Promise.resolve(watchRun(context, { runId }, undefined, QUICK)));
  await events.next();
  const other = await world.db.system.session.create({ data: { userId, token: randomUUID(), expiresAt: new Date(Date.now() + 60_000) } });
  await world.db.system.session.delete({ where: { id: other.id } });
  await change({ attempt: 1 });
  expect(await events.next()).toMatchObject({ run: { attempt: 1 } });
  await events.close();
});

test("whoever is signed out, or leaves the organization, sees no further event", async () => {
  const signedOut = await newRun();
  const context = { ...world.context(signedOut.session), caller: signedOut.session };
  const events = await open(Promise.resolve(watchRun(context, { runId: signedOut.runId }, undefined, QUICK)));
  await events.next();
  await world.db.system.session.delete({ where: { id: signedOut.session.id } });
  await signedOut.change({ attempt: 1 });
  await expect(events.next()).rejects.toMatchObject({ code: "UNAUTHORIZED" });

  const left = await newRun();
  const theirs = await open(left.owner.run.events({ runId: left.runId }));
  await theirs.next();
  await world.db.system.member.deleteMany({ where: { userId: left.userId } });
  await left.change({ attempt: 1 });
  await expect(theirs.next()).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("a stream in which nothing happens ends, too, when its person is removed", async () => {
  const { session, orgId, runId } = await newRun();
  const grace = await world.join(orgId, "viewer");
  // Else their session ended with their only membership.
  await world.db.system.member.create({ data: { organizationId: (await world.organization()).orgId, userId: grace.userId, role: "viewer" } });
  const timing = { lookAgainMs: 20, betweenEventsMs: 1 };
  const events = await open(Promise.resolve(watchRun({ ...world.context(grace), caller: grace }, { runId }, undefined, timing)));
  await events.next();
  const owner = world.caller(session);
  const memberId = (await owner.member.list()).members.find(({ userId }) => userId === grace.userId)?.id ?? "";
  // Expected from the beginning: it may come before the removal is answered.
  const refused = expect(events.next()).rejects.toMatchObject({ code: "FORBIDDEN" });
  await owner.member.remove({ memberId });
  await refused;
});

test("events stop when the page goes away", async () => {
  const { session, runId } = await newRun();
  const page = new AbortController();
  const events = await open(world.caller(session, { signal: page.signal }).run.events({ runId }));
  await events.next();
  const waiting = events.next();
  page.abort();
  expect(await waiting).toBe("ended");
});

test("a person has five streams at most, and closing one makes room", async () => {
  const { owner, runId } = await newRun();
  const streams = await Promise.all(Array.from({ length: 5 }, () => open(owner.run.events({ runId }))));
  for (const stream of streams) await stream.next();
  const sixth = await open(owner.run.events({ runId }));
  await expect(sixth.next()).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  for (const stream of streams) await stream.close();
  const next = await open(owner.run.events({ runId }));
  expect(await next.next()).toMatchObject({ run: { id: runId } });
  await next.close();
});

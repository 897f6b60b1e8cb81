import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunStatus } from "@/domain/run-status";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";
import { createNotifying, createNotifyingRule, type Notifying } from "@/testing/notifying";
import { somebodyWaits } from "@/testing/somebody-waits";
import { until } from "@/testing/until";
import { announce } from "./announce";
import { judgeEvents } from "./judge-events";
import { deleteChannel, updateChannel } from "./notification-channels";
import type { Tx } from "./transaction";

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

const AT_ONCE = { digest: "at_once" as const, digestMinute: 480, quietHours: null };

const typesOf = async ({ notices }: Notifying) => (await notices()).map(({ type }) => type);
const deliveriesOf = ({ orgId }: Notifying) => world.db.system.delivery.findMany({ where: { orgId }, include: { notices: true }, orderBy: { number: "asc" } });

async function endAll(notifying: Notifying, statuses: readonly RunStatus[]) {
  for (const status of statuses) await notifying.end(status);
  await notifying.judge();
}

describe("a run that ended", () => {
  test("is told of once, with what went wrong and where to look", async () => {
    const notifying = await createNotifyingRule(world, { event: "run_failed" });
    const [sourceId = ""] = notifying.sourceIds;
    const runId = await notifying.end("failed", { presetName: "Everything" }, [
      { sourceId, name: "News", status: "failed", message: "503 Service unavailable." },
    ]);
    expect(await notifying.judge()).toEqual({ count: 1, failures: [] });
    expect(await notifying.judge()).toEqual({ count: 0, failures: [] });
    expect(await notifying.notices()).toMatchObject([
      {
        ...{ type: "run.failed", title: "Run 1 failed", path: `/runs/${runId}`, subject: runId },
        text: "Preset “Everything”. Its only source failed, so nothing was collected.\n- News: 503 Service unavailable.",
        data: { run: { id: runId, number: 1, status: "failed", failedSources: 1 }, sources: [{ id: sourceId, name: "News" }] },
      },
    ]);
    expect(await deliveriesOf(notifying)).toMatchObject([{ status: "queued", notices: [{}] }]);
  });

  test("that comes and goes is one alert, and one recovery once it stays", async () => {
    const notifying = await createNotifyingRule(world, { event: "run_failed" });
    await endAll(notifying, ["failed", "succeeded", "failed", "partial", "timed_out", "cancelled", "succeeded"]);
    expect(await typesOf(notifying)).toEqual(["run.failed"]);
    expect((await notifying.owner.notification.rules())[0]).toMatchObject({ openAlerts: 1 });
    await endAll(notifying, ["succeeded", "succeeded"]);
    expect(await typesOf(notifying)).toEqual(["run.failed", "run.recovered"]);
    expect((await notifying.owner.notification.rules())[0]).toMatchObject({ openAlerts: 0, lastNoticeAt: expect.any(Date) });
  });

  test("without recovery is told of each time", async () => {
    const notifying = await createNotifyingRule(world, { event: "run_partial", recovery: false });
    await endAll(notifying, ["partial", "partial", "failed", "succeeded"]);
    expect(await typesOf(notifying)).toEqual(["run.partial", "run.partial"]);
  });

  test("counts towards a number in a row, in which cancelled ones do not count", async () => {
    const notifying = await createNotifyingRule(world, { event: "failures_in_row", threshold: 3 });
    await endAll(notifying, ["failed", "failed", "succeeded", "failed", "cancelled", "failed"]);
    expect(await typesOf(notifying)).toEqual([]);
    await endAll(notifying, ["abandoned", "failed"]);
    expect(await notifying.notices()).toMatchObject([{ type: "run.failures_in_row", title: "3 runs in a row failed", data: { failuresInRow: 3 } }]);
  });

  test("that brought nothing is told of where runs usually bring something", async () => {
    const notifying = await createNotifyingRule(world, { event: "zero_items" });
    const bring = (newCount: number) => notifying.end("succeeded", {}, [{ newCount }]);
    for (const newCount of [0, 3, 4, 5, 6, 7]) await bring(newCount);
    await bring(0);
    await notifying.judge();
    expect(await notifying.notices()).toMatchObject([{ type: "run.no_new_items", title: "Run 7 brought nothing new", data: { usualNewItems: 5 } }]);
  });

  test("tells of new items that match a saved view, and of no others", async () => {
    const notifying = await createNotifying(world);
    const { id } = await notifying.channel();
    const [sourceId = ""] = notifying.sourceIds;
    const view = await notifying.owner.view.create({ name: "Cheese", filter: { text: "cheese" } });
    await notifying.rule({ event: "new_items", viewId: view.id, channelIds: [id] });
    const collect = async (titles: readonly string[]) => {
      const runId = randomUUID();
      const seen = { firstSeenAt: new Date(), firstSeenRunId: runId, lastSeenAt: new Date(), lastSeenRunId: runId, lastChangedAt: new Date() };
      const item = { orgId: notifying.orgId, sourceId, fields: {}, contentHash: "", ...seen, lastChangedRunId: runId };
      await world.db.system.item.createMany({ data: titles.map((title) => ({ ...item, key: randomUUID(), title })) });
      return notifying.end("succeeded", { id: runId }, [{ sourceId, newCount: titles.length }]);
    };
    await collect(["Old cheese", "Bread"]);
    await collect(["Bread again"]);
    await notifying.judge();
    expect(await notifying.notices()).toMatchObject([{ type: "items.new", title: "1 new item in “Cheese”", text: expect.stringContaining("- Old cheese") }]);
    await notifying.owner.view.remove({ id: view.id });
    await collect(["New cheese"]);
    await notifying.judge();
    expect(await notifying.notices()).toHaveLength(1);
    const [silent] = await notifying.owner.notification.rules();
    expect(silent).toMatchObject({ viewName: null });
    const change = (enabled: boolean) => {
      const definition = { event: "new_items" as const, viewId: view.id, channelIds: [id], enabled };
      return notifying.owner.notification.updateRule({ id: silent?.id ?? "", definition });
    };
    expect(await change(false)).toMatchObject({ enabled: false, viewName: null });
    await expect(change(true)).rejects.toThrow("This view no longer exists");
  });
});

/** Sources by these names, which no preset holds. */
async function makeSources({ orgId }: Notifying, names: readonly string[]) {
  const sources = names.map((name) => ({ id: randomUUID(), name, orgId, kind: "feed" as const, url: "https://example.org/", config: {} }));
  await world.db.system.source.createMany({ data: sources });
  return sources;
}

test("sources that fail run after run are told of together, and together when they work again", async () => {
  const notifying = await createNotifyingRule(world, { event: "source_failing", threshold: 2 });
  const sources = await makeSources(notifying, ["a", "b", "c"]);
  const run = async (failing: readonly string[]) => {
    for (const { id, name } of sources) {
      const consecutiveFailures = failing.includes(name) ? { increment: 1 } : 0;
      await world.db.system.source.update({ where: { id }, data: { consecutiveFailures } });
    }
    const rows = sources.map(({ id, name }) => ({
      sourceId: id,
      name,
      status: failing.includes(name) ? ("failed" as const) : ("succeeded" as const),
      message: "No.",
    }));
    await notifying.end("partial", {}, rows);
    await notifying.judge();
  };
  for (const failing of [["a", "b"], ["a", "b"], ["a", "b"], ["c"], [], []]) await run(failing);
  expect((await notifying.notices()).map(({ title, text }) => `${title}: ${text}`)).toEqual([
    "2 sources fail run after run: - a, 2 runs in a row: No.\n- b, 2 runs in a row: No.",
    "2 sources work again: Collected in run 5 and in the one before it:\n- a\n- b",
  ]);
});

test("sources that are deleted fail no more, before, while and after it is said that they do, and nothing is said of those that are gone", async () => {
  const notifying = await createNotifyingRule(world, { event: "source_failing", threshold: 1 });
  const { owner } = notifying;
  const sources = await makeSources(notifying, ["a", "b", "c", "d"]);
  const [one, other, third, last] = sources.map(({ id }) => id) as [string, string, string, string];
  const fail = (ids: readonly string[]) =>
    notifying.end(
      "failed",
      {},
      ids.map((sourceId) => ({ sourceId, name: sourceId, status: "failed" as const, message: "No." })),
    );
  const openAlerts = async () => (await owner.notification.rules()).map((rule) => rule.openAlerts);
  await fail([one, other]);
  await notifying.judge();
  expect(await openAlerts()).toEqual([2]);
  await owner.source.remove({ id: one });
  expect(await openAlerts()).toEqual([1]);
  await fail([other, third]);
  await owner.source.removeMany({ ids: [other, third] });
  await notifying.judge();
  expect(await openAlerts()).toEqual([0]);
  expect(await notifying.notices()).toHaveLength(1);

  await fail([last]);
  const { removed } = await world.db.withSystem(async (tx) => {
    await judgeEvents(tx, notifying.orgId);
    const removed = owner.source.remove({ id: last });
    await until(world.db, () => somebodyWaits(world.db), Boolean);
    return { removed };
  });
  await removed;
  expect(await openAlerts()).toEqual([0]);
});

describe("what happens to the schedule", () => {
  test("is told of by who did it, in the words of the audit", async () => {
    const notifying = await createNotifyingRule(world, { event: "schedule_changed" });
    const { version } = await notifying.owner.schedule.update({ cronExpression: "0 9 * * *", timeZone: "UTC", presetId: notifying.presetId, enabled: true });
    await notifying.owner.schedule.pause({ version });
    await notifying.judge();
    expect(await notifying.notices()).toMatchObject([
      { title: "Ada Lovelace: created the schedule", text: expect.stringContaining("\n- Cron expression: none → 0 9 * * *\n- Time zone: none → UTC\n") },
      { title: "Ada Lovelace: paused the schedule until somebody resumes it", data: { changes: { pausedAt: { from: null } } } },
    ]);
  });
});

describe("announcing", () => {
  test("writes nothing where no rule is about it", async () => {
    const notifying = await createNotifyingRule(world, { event: "run_failed" });
    await notifying.owner.schedule.update({ cronExpression: "0 9 * * *", timeZone: "UTC" });
    expect(await world.db.system.notificationEvent.count({ where: { orgId: notifying.orgId } })).toBe(0);
  });

  test("what is rolled back is told to nobody, and what is announced twice once", async () => {
    const notifying = await createNotifyingRule(world, { event: "export_ready" });
    const { orgId } = notifying;
    const happening = { kind: "export_ready", exportId: "e1", fileName: "items.csv", itemCount: 2, expiresAt: new Date("2026-12-01T06:00:00Z") } as const;
    const undone = world.db.withSystem(async (tx) => {
      await announce(tx, [{ orgId, subject: "e0", happening }]);
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    await world.db.withTenant(orgId, (tx) => announce(tx, [{ orgId, subject: "e1", happening }]));
    await notifying.judge();
    await world.db.withTenant(orgId, (tx) => announce(tx, [{ orgId, subject: "e1", happening }]));
    await notifying.judge();
    expect(await notifying.notices()).toMatchObject([
      { type: "export.ready", text: expect.stringMatching(/^items\.csv holds 2 items\. .* until Tue 1 Dec 2026/) },
    ]);
    expect(await deliveriesOf(notifying)).toHaveLength(1);
  });

  test("waits for nobody else who announces something to the same organization", async () => {
    const notifying = await createNotifyingRule(world, { event: "auto_paused" });
    const { orgId } = notifying;
    const say = (tx: Tx, note: string) => announce(tx, [{ orgId, subject: note, happening: { kind: "auto_paused", note } }]);
    await world.db.withSystem(async (tx) => {
      await say(tx, "First.");
      await world.db.withSystem((other) => say(other, "Second."));
    });
    await notifying.judge();
    expect(await notifying.notices()).toHaveLength(2);
  });

  test("a process that dies while it holds rules against events leaves them for the next one, and nothing is said twice", async () => {
    const notifying = await createNotifyingRule(world, { event: "run_failed", recovery: false });
    await notifying.end("failed");
    const dies = world.db.withSystem(async (tx) => {
      await judgeEvents(tx, notifying.orgId);
      throw new Error("dies");
    });
    await expect(dies).rejects.toThrow("dies");
    await Promise.all([notifying.judge(), notifying.judge()]);
    expect(await notifying.notices()).toHaveLength(1);
    expect(await deliveriesOf(notifying)).toHaveLength(1);
  });

  test("an event that a rule cannot be held against holds up what came after it for five minutes, and silences no other rule", async () => {
    const notifying = await createNotifying(world);
    const { orgId, owner } = notifying;
    const [sourceId = ""] = notifying.sourceIds;
    const channelIds = [(await notifying.channel()).id];
    const view = await owner.view.create({ name: "Cheese", filter: { text: "cheese" } });
    const broken = await notifying.rule({ event: "new_items", viewId: view.id, channelIds });
    await notifying.rule({ event: "run_partial", recovery: false, channelIds });
    await world.db.system.savedView.update({ where: { id: view.id }, data: { filter: { text: 7 } } });
    await notifying.end("succeeded");
    await notifying.end("partial", {}, [{ sourceId, newCount: 1 }]);
    await notifying.end("partial");
    const failure = { kind: "run_ended", reason: expect.any(Error) };
    expect(await notifying.judge()).toMatchObject({ count: 1, failures: [{ ...failure, ruleId: null }] });
    expect(await notifying.judge()).toMatchObject({ count: 0, failures: [failure] });
    expect(await notifying.notices()).toEqual([]);
    await world.db.system.notificationEvent.updateMany({ where: { orgId }, data: { at: new Date(Date.now() - 6 * 60_000) } });
    expect(await notifying.judge()).toMatchObject({ count: 2, failures: [{ ...failure, ruleId: broken }] });
    expect(await typesOf(notifying)).toEqual(["run.partial", "run.partial"]);
    expect(await notifying.judge()).toEqual({ count: 0, failures: [] });
  });

  test("puts nothing on a channel that somebody is turning off or deleting", async () => {
    const notifying = await createNotifying(world);
    const { orgId, owner } = notifying;
    const [off, deleted] = [await notifying.channel(), await notifying.channel()];
    await notifying.rule({ event: "run_failed", recovery: false, channelIds: [off.id, deleted.id] });
    await notifying.end("failed");
    const definition = { ...{ kind: "webhook" as const, name: "Off", address: "https://example.org/hook", timeZone: "UTC", enabled: false }, ...AT_ONCE };
    let judging: Promise<unknown> | undefined;
    await world.db.withTenant(orgId, async (tx) => {
      await updateChannel(tx, world.db.keys, { orgId, id: off.id }, definition);
      await deleteChannel(tx, orgId, deleted.id);
      judging = notifying.judge();
      await until(world.db, () => somebodyWaits(world.db), Boolean);
    });
    expect(await judging).toEqual({ count: 1, failures: [] });
    expect(await notifying.notices()).toHaveLength(1);
    expect(await deliveriesOf(notifying)).toEqual([]);
    expect((await owner.notification.channels()).map(({ waitingCount }) => waitingCount)).toEqual([0]);
  });

  test("what comes on a channel with a digest gathers in one message, which is due when the digest is", async () => {
    const notifying = await createNotifying(world);
    const [daily, off] = [await notifying.channel({ digest: "daily", digestMinute: 0 }), await notifying.channel({ enabled: false })];
    await notifying.rule({ event: "run_failed", recovery: false, channelIds: [daily.id, off.id] });
    await endAll(notifying, ["failed", "failed"]);
    const [gathering, ...others] = await deliveriesOf(notifying);
    expect(others).toEqual([]);
    expect(gathering).toMatchObject({ channelId: daily.id, status: "waiting", notices: [{}, {}] });
    expect(gathering?.dueAt.toISOString()).toMatch(/T00:00:00\.000Z$/);
    expect((await notifying.owner.notification.channels()).map(({ waitingCount }) => waitingCount).sort()).toEqual([0, 1]);
  });
});

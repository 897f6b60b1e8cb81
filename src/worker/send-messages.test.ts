import { randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createMessagePoster } from "@/collectors/post-message";
import { holdChannel } from "@/db/channel-outbox";
import { enqueueLeftMessages, pruneMessages } from "@/db/left-messages";
import { lockChannel } from "@/db/notification-channels";
import { createLogger } from "@/log/logger";
import type { Post } from "@/notifications/send-message";
import type { Received } from "@/testing/receiver";
import { createSendingWorld, MESSAGES_OF, type SendingWorld } from "@/testing/sending-world";
import { somebodyWaits } from "@/testing/somebody-waits";
import { until } from "@/testing/until";

let world: SendingWorld["world"];
let receiver: SendingWorld["receiver"];
let post: SendingWorld["post"];
let send: SendingWorld["send"];
let withWebhook: SendingWorld["withChannel"];
let close: SendingWorld["close"];

beforeAll(async () => {
  ({ world, receiver, post, send, withChannel: withWebhook, close } = await createSendingWorld());
});

afterEach(() => receiver.forget());

afterAll(() => close());

const becomesDue = (channelId: string) =>
  world.db.system.$executeRaw`
    with rested as (update notification_channel set rest_until = null where id = ${channelId}::uuid)
    update delivery set due_at = clock_timestamp() where channel_id = ${channelId}::uuid and finished_at is null`;

const idsOf = (received: readonly Received[]) => received.map(({ headers }) => headers["webhook-id"]);

const jobsFor = (channelId: string) => world.db.system.$queryRaw<{ runAt: Date }[]>`
  select run_at as "runAt" from graphile_worker.jobs where key = ${`channel:${channelId}`}`;

describe("a message", () => {
  test("reaches its receiver signed, and the attempt is told of without anything secret", async () => {
    const { owner, channelId, secret, fail, deliveries } = await withWebhook();
    receiver.answers({ status: 200, body: "thank you" });
    await fail();
    await send(channelId);
    const [{ body, headers } = { body: "", headers: {} }] = receiver.received;
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({
      type: "run.failed",
      data: { title: "Run 1 failed", url: expect.stringContaining(MESSAGES_OF) },
    });
    const [summary] = await deliveries();
    expect(summary).toMatchObject({ status: "delivered", title: "Run 1 failed", noticeCount: 1, attemptCount: 1, lastHttpStatus: 200, message: null });
    const delivery = await owner.notification.delivery({ id: summary?.id ?? "" });
    expect(delivery).toMatchObject({ webhookId: headers["webhook-id"], attempts: [{ number: 1, httpStatus: 200, answer: "thank you", error: null }] });
    const [channel] = await owner.notification.channels();
    expect(channel).toMatchObject({ lastDeliveredAt: expect.any(Date), consecutiveFailures: 0, waitingCount: 0 });
    expect(JSON.stringify([delivery, channel, await owner.audit.list({})])).not.toContain(secret.slice(6));
  });

  test("that is refused is tried again under the same id, later each time; meanwhile the channel rests", async () => {
    const { owner, channelId, fail, deliveries } = await withWebhook();
    receiver.answers({ status: 503, body: "busy" });
    await fail();
    await fail();
    await send(channelId);
    expect(receiver.received).toHaveLength(1);
    expect((await deliveries()).map(({ status }) => status).sort()).toEqual(["queued", "retrying"]);
    expect((await owner.notification.channels())[0]).toMatchObject({ consecutiveFailures: 1, waitingCount: 2, lastError: expect.stringContaining("503") });
    const [job] = await jobsFor(channelId);
    expect((job?.runAt.getTime() ?? 0) - Date.now()).toBeGreaterThan(1_000);
    receiver.answers({ status: 200 });
    await becomesDue(channelId);
    await send(channelId);
    expect(receiver.received).toHaveLength(3);
    expect(new Set(idsOf(receiver.received)).size).toBe(2);
    expect((await deliveries()).map(({ status }) => status)).toEqual(["delivered", "delivered"]);
    expect((await owner.notification.channels())[0]).toMatchObject({ consecutiveFailures: 0, waitingCount: 0 });
  });

  test("is given up after ten attempts, and can be sent once more under its id", async () => {
    const { owner, channelId, fail, deliveries } = await withWebhook();
    receiver.answers({ status: 500 });
    await fail();
    for (let attempt = 0; attempt < 11; attempt++) {
      await becomesDue(channelId);
      await send(channelId);
    }
    expect(receiver.received).toHaveLength(10);
    const [given] = await deliveries();
    expect(given).toMatchObject({ status: "failed", attemptCount: 10, finishedAt: expect.any(Date), message: expect.stringContaining("500") });
    receiver.answers({ status: 200 });
    await becomesDue(channelId);
    await owner.notification.redeliver({ id: given?.id ?? "" });
    await send(channelId);
    expect(new Set(idsOf(receiver.received)).size).toBe(1);
    expect((await deliveries())[0]).toMatchObject({ status: "delivered", attemptCount: 11 });
  });

  test("that a process sent before it died is sent again under the same id", async () => {
    const { channelId, fail, deliveries } = await withWebhook();
    await fail();
    const stopping = new AbortController();
    const dies: Post = async (request) => {
      await post(request);
      stopping.abort();
      throw new Error("died");
    };
    await send(channelId, { post: dies, shutdown: stopping.signal });
    expect((await deliveries())[0]).toMatchObject({ status: "queued", attemptCount: 0 });
    expect(await jobsFor(channelId)).toHaveLength(1);
    await send(channelId);
    expect(receiver.received).toHaveLength(2);
    expect(new Set(idsOf(receiver.received)).size).toBe(1);
    expect((await deliveries())[0]).toMatchObject({ status: "delivered", attemptCount: 1 });
  });

  test("is left alone while another process sends on its channel, and taken up once that one is gone", async () => {
    const { channelId, fail } = await withWebhook();
    await fail();
    await world.db.withSystem((tx) => holdChannel(tx, { channelId, holder: randomUUID() }));
    await send(channelId);
    expect(receiver.received).toHaveLength(0);
    await world.db.system.$executeRaw`select graphile_worker.remove_job(${`channel:${channelId}`}) is null`;
    const takeUp = () => world.db.withSystem(enqueueLeftMessages);
    await takeUp();
    expect(await jobsFor(channelId)).toEqual([]);
    await world.db.system.notificationChannel.update({ where: { id: channelId }, data: { heldUntil: new Date(0) } });
    await takeUp();
    expect(await jobsFor(channelId)).toHaveLength(1);
    await send(channelId);
    expect(receiver.received).toHaveLength(1);
  });

  test("gathers while a digest waits, and is one when it is due", async () => {
    const { channelId, fail, deliveries } = await withWebhook({ digest: "daily" });
    await fail();
    await fail();
    await send(channelId);
    expect(receiver.received).toHaveLength(0);
    await becomesDue(channelId);
    await send(channelId);
    await fail();
    const [{ body } = { body: "{}" }] = receiver.received;
    expect(JSON.parse(body)).toMatchObject({ type: "digest", data: { messages: [{ type: "run.failed" }, { type: "run.failed" }] } });
    expect(await deliveries()).toMatchObject([{ status: "waiting" }, { status: "delivered", noticeCount: 2 }]);
  });

  test("that gathered more than a webhook has room for is several, none of which repeats another", async () => {
    const { orgId, channelId, fail, deliveries } = await withWebhook({ digest: "daily" });
    await fail();
    const [waiting] = await deliveries();
    const { id: _id, subject: _subject, ...like } = await world.db.system.notice.findFirstOrThrow({ where: { orgId } });
    const more = Array.from({ length: 119 }, () => ({ ...like, data: {}, id: randomUUID(), subject: randomUUID() }));
    await world.db.system.notice.createMany({ data: more });
    await world.db.system.deliveryNotice.createMany({ data: more.map(({ id: noticeId }) => ({ orgId, noticeId, deliveryId: waiting?.id ?? "" })) });
    await becomesDue(channelId);
    await send(channelId);
    const told: { id: string }[][] = receiver.received.map(({ body }) =>
      JSON.parse(body).data.messages.map((message: { data: { id: string } }) => message.data),
    );
    expect(told.map(({ length }) => length)).toEqual([50, 50, 20]);
    expect(new Set(told.flat().map(({ id }) => id)).size).toBe(120);
    expect(await deliveries()).toMatchObject([{ noticeCount: 20 }, { noticeCount: 50 }, { id: waiting?.id, noticeCount: 50, status: "delivered" }]);
  });

  test("waits for the end of quiet hours, also where it is tried again, and a test does not", async () => {
    const { owner, channelId, fail, deliveries } = await withWebhook();
    await fail();
    const minute = new Date().getUTCHours() * 60;
    const quietHours = { fromMinute: (minute + 1_380) % 1_440, untilMinute: (minute + 120) % 1_440 };
    const definition = { kind: "webhook" as const, name: "Ops", address: receiver.url, timeZone: "UTC", quietHours };
    await owner.notification.updateChannel({ id: channelId, definition });
    await owner.notification.testChannel({ id: channelId });
    await send(channelId);
    expect(receiver.received.map(({ body }) => JSON.parse(body).type)).toEqual(["test"]);
    const [tested, waiting] = await deliveries();
    expect(tested).toMatchObject({ isTest: true, status: "delivered", title: "Test message" });
    expect(waiting?.dueAt.getTime()).toBeGreaterThan(Date.now() + 30 * 60_000);
    await owner.notification.updateChannel({ id: channelId, definition: { ...definition, quietHours: null } });
    await send(channelId);
    expect(receiver.received.map(({ body }) => JSON.parse(body).type)).toEqual(["test", "run.failed"]);
    const about = async (type: "test" | "run.failed" | "run.recovered") => (await owner.notification.deliveries({ type })).deliveries.map(({ id }) => id);
    expect([await about("test"), await about("run.failed"), await about("run.recovered")]).toEqual([[tested?.id], [waiting?.id], []]);
  });
});

describe("a channel", () => {
  test("whose receiver is gone for good is turned off, and what waits on it is cancelled", async () => {
    const { owner, channelId, fail, deliveries } = await withWebhook();
    receiver.answers({ status: 410 });
    await fail();
    await fail();
    await send(channelId);
    await fail();
    expect((await deliveries()).map(({ status }) => status)).toEqual(["cancelled", "failed"]);
    expect((await owner.notification.channels())[0]).toMatchObject({ enabled: false, disabledReason: expect.stringContaining("410 Gone") });
    const { entries } = await owner.audit.list({ group: "notification" });
    expect(entries[0]).toMatchObject({ actorName: "Milkrun", summary: expect.stringMatching(/off: its receiver answered 410 Gone/) });
  });

  test("that somebody is turning off keeps no message that somebody else sends once more", async () => {
    const { owner, orgId, channelId, fail, deliveries } = await withWebhook();
    await fail();
    await send(channelId);
    const [delivered] = await deliveries();
    const redelivering = await world.db.withTenant(orgId, async (tx) => {
      await lockChannel(tx, orgId, channelId);
      const outcome = owner.notification.redeliver({ id: delivered?.id ?? "" }).catch((error: Error) => error.message);
      await until(world.db, () => somebodyWaits(world.db), Boolean);
      await tx.notificationChannel.update({ where: { orgId_id: { orgId, id: channelId } }, data: { enabled: false } });
      return { outcome };
    });
    expect(await redelivering.outcome).toMatch(/^The channel is turned off/);
    expect(await deliveries()).toMatchObject([{ status: "delivered" }]);
  });

  test("with a new key signs with both for a day", async () => {
    const { owner, channelId, secret, fail } = await withWebhook();
    const { secret: newer } = await owner.notification.rotateSecret({ id: channelId });
    await fail();
    await send(channelId);
    await world.db.system.notificationChannel.update({ where: { id: channelId }, data: { oldSecretUntil: new Date(0) } });
    await fail();
    await send(channelId);
    const accepted = receiver.received.map(({ body, headers }) =>
      [secret, newer ?? ""].map((key) => {
        try {
          return new Webhook(key).verify(body, headers) !== null;
        } catch {
          return false;
        }
      }),
    );
    expect(accepted).toEqual([
      [true, true],
      [false, true],
    ]);
  });

  test("that leads into a private network is refused, without a second try", async () => {
    const { channelId, fail, deliveries } = await withWebhook();
    const strict = createMessagePoster({ policy: { allowCidrs: [], allowPorts: [], allowPrefixes: [] }, userAgent: "Milkrun" });
    await fail();
    await send(channelId, { post: strict.postMessage });
    await strict.close();
    expect((await deliveries())[0]).toMatchObject({ status: "failed", attemptCount: 1, message: expect.stringMatching(/^This address is blocked/) });
    expect(receiver.received).toEqual([]);
  });

  test("on which a fault of ours keeps a message from being sent says so, and tries again later; the log has the place, not the words", async () => {
    const { channelId, fail, deliveries } = await withWebhook();
    await fail();
    const lines: string[] = [];
    const log = createLogger({ level: "error", destination: { write: (line) => void lines.push(line) } });
    await send(channelId, { log, post: () => Promise.reject(new TypeError("a fault at canary")) });
    expect(lines.map((line) => JSON.parse(line).err)).toMatchObject([{ type: "TypeError", stack: expect.stringMatching(/^ +at .*send-messages\.test\.ts/) }]);
    expect(lines.join("")).not.toContain("canary");
    expect((await deliveries())[0]).toMatchObject({ status: "retrying", attemptCount: 1, message: expect.stringContaining("A fault in Milkrun") });
    const [job] = await jobsFor(channelId);
    expect((job?.runAt.getTime() ?? 0) - Date.now()).toBeGreaterThan(1_000);
  });

  test("whose secret cannot be decrypted sends nothing and says so", async () => {
    const [one, other] = [await withWebhook(), await withWebhook()];
    const { sealedSecret } = await world.db.system.notificationChannel.findUniqueOrThrow({ where: { id: other.channelId } });
    await world.db.system.notificationChannel.update({ where: { id: one.channelId }, data: { sealedSecret } });
    await one.fail();
    await send(one.channelId);
    expect(receiver.received).toEqual([]);
    expect((await one.deliveries())[0]).toMatchObject({ status: "failed", message: expect.stringContaining("cannot be decrypted") });
  });
});

test("messages and what they said are kept for 30 days", async () => {
  const { orgId, channelId, fail, deliveries } = await withWebhook();
  for (let run = 0; run < 2; run++) {
    await fail();
    await send(channelId);
  }
  const [, old] = await deliveries();
  const long = new Date(Date.now() - 31 * 86_400_000);
  await world.db.system.delivery.update({ where: { id: old?.id ?? "" }, data: { createdAt: long, finishedAt: long } });
  await world.db.system.notice.updateMany({ where: { orgId, deliveries: { some: { deliveryId: old?.id ?? "" } } }, data: { at: long } });
  await world.db.withSystem(pruneMessages);
  expect(await deliveries()).toHaveLength(1);
  expect(await world.db.system.notice.count({ where: { orgId } })).toBe(1);
});

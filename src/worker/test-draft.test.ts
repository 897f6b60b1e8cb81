import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createMessagePoster } from "@/collectors/post-message";
import { DRAFT_TEST_WITHIN_MS } from "@/domain/draft-test";
import type { ChannelDefinition } from "@/domain/notification-channel";
import { createSendingWorld, type SendingWorld } from "@/testing/sending-world";
import { silentLog } from "@/testing/silent-log";
import { until } from "@/testing/until";
import { testDraft } from "./test-draft";

const TOKEN = "tk_canary_71";

let world: SendingWorld["world"];
let receiver: SendingWorld["receiver"];
let post: SendingWorld["post"];
let close: SendingWorld["close"];

beforeAll(async () => {
  ({ world, receiver, post, close } = await createSendingWorld());
});

afterEach(() => receiver.forget());

afterAll(() => close());

/** An organization, and what "Send test" answers for values that a worker is given to send. */
async function drafting() {
  const { orgId, session } = await world.organization();
  const owner = world.caller(session);
  const pending = () => world.db.system.sourceTest.findFirst({ where: { orgId, finishedAt: null } });
  const send = async (definition: ChannelDefinition, channelId: string | null = null, way = post) => {
    const answer = owner.notification.testDraft({ channelId, definition });
    const row = await Promise.race([answer.then(() => null), until(world.db, pending, (found) => found !== null)]);
    await carryOut(row?.id ?? "", way);
    return { answer: await answer, row };
  };
  return { orgId, session, owner, send, pending };
}

/** What a worker does that takes the test. */
function carryOut(testId: string, way = post): Promise<void> {
  const senders = { post: way, mailer: null };
  return testDraft({ db: world.db, log: silentLog, senders, baseUrl: "https://milkrun.example" }, testId, new AbortController().signal);
}

const common = { enabled: true, digest: "at_once", digestMinute: 480, quietHours: null, timeZone: "UTC" } as const;
const webhook = (address: string): ChannelDefinition => ({ ...common, kind: "webhook", name: "Desk", address });
const topic = (address: string, token?: string | null): ChannelDefinition => ({ ...common, kind: "ntfy", name: "Phone", address, token });

const lastReceived = () => {
  const last = receiver.received.at(-1);
  if (!last) throw new Error("Nothing came.");
  return last;
};

const isSignedWith = (key: string) => {
  const { body, headers } = lastReceived();
  try {
    return new Webhook(key).verify(body, headers) !== null;
  } catch {
    return false;
  }
};

test("a channel is tested before it is stored: the real answer comes back, nothing is kept, and the audit names the receiver", async () => {
  const { orgId, owner, send } = await drafting();
  receiver.answers({ status: 418, body: "short and <stout>" });
  const { answer } = await send(webhook(receiver.url));
  expect(answer).toMatchObject({ ok: false, httpStatus: 418, answer: "short and <stout>", error: expect.stringContaining("418"), isKeyMade: true });
  expect(JSON.parse(lastReceived().body)).toMatchObject({
    type: "test",
    data: { url: expect.stringMatching(/^https:\/\/milkrun\.example\/organizations\/[0-9a-f-]{36}\/settings\/notifications$/) },
  });
  expect(await owner.notification.channels()).toEqual([]);
  expect((await owner.notification.deliveries({})).deliveries).toEqual([]);
  const [entry] = (await owner.audit.list({})).entries;
  expect(entry).toMatchObject({ action: "notification.testDraft", summary: `Sent a test message to ${receiver.url}, with values that are not saved` });
  expect(await world.db.system.sourceTest.findMany({ where: { orgId } })).toMatchObject([{ sealedHeaders: null, finishedAt: expect.any(Date) }]);
});

test("a stored webhook is signed with its key where it leads, and with another one where it does not", async () => {
  const { owner, send } = await drafting();
  const { channel, secret } = await owner.notification.createChannel(webhook(receiver.url));
  expect((await send(webhook(receiver.url), channel.id)).answer).toMatchObject({ ok: true, isKeyMade: false });
  expect(isSignedWith(secret ?? "")).toBe(true);
  expect((await send(webhook(`${receiver.url}/elsewhere`), channel.id)).answer).toMatchObject({ ok: true, isKeyMade: true });
  expect(isSignedWith(secret ?? "")).toBe(false);
  expect((await owner.notification.channels())[0]).toMatchObject({ address: receiver.url, lastDeliveredAt: null });
});

test("a stored token goes to its own site, sealed until then and blotted out of the answer, and to no other", async () => {
  const { owner, send } = await drafting();
  const { channel } = await owner.notification.createChannel(topic(receiver.url, TOKEN));
  receiver.answers({ status: 403, body: `The token ${TOKEN} may not write.` });
  const { answer, row } = await send(topic(receiver.url), channel.id);
  expect(lastReceived().headers.authorization).toBe(`Bearer ${TOKEN}`);
  expect(answer.answer).toBe("The token [secret] may not write.");
  expect(JSON.stringify(row)).not.toContain(TOKEN);
  receiver.forget();
  await expect(send(topic("https://elsewhere.example/hook"), channel.id)).rejects.toMatchObject({
    code: "BAD_REQUEST",
    cause: { details: { field: "token" } },
  });
  expect(receiver.received).toEqual([]);
});

test("an address in a private network is refused", async () => {
  const { send } = await drafting();
  const strict = createMessagePoster({ policy: { allowCidrs: [], allowPorts: [], allowPrefixes: [] }, userAgent: "Milkrun" });
  const { answer } = await send(webhook(receiver.url), null, strict.postMessage);
  await strict.close();
  expect(answer).toMatchObject({ ok: false, httpStatus: null, error: expect.stringMatching(/^This address is blocked/) });
  expect(receiver.received).toEqual([]);
});

test("a test that no worker came to is not sent once whoever asked for it has given up", async () => {
  const { session, pending } = await drafting();
  const leaving = world.caller(session, { signal: AbortSignal.abort() });
  for (const [waitedMs, sent] of [
    [DRAFT_TEST_WITHIN_MS + 1_000, 0],
    [DRAFT_TEST_WITHIN_MS - 20_000, 1],
  ] as const) {
    await expect(leaving.notification.testDraft({ channelId: null, definition: webhook(receiver.url) })).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    const id = (await pending())?.id ?? "";
    await world.db.system.$executeRaw`update source_test set created_at = created_at - ${waitedMs} * interval '1 millisecond' where id = ${id}::uuid`;
    await carryOut(id);
    expect(receiver.received).toHaveLength(sent);
    await world.db.system.sourceTest.delete({ where: { id } });
  }
});

test("an organization sends five tests of unsaved values within a minute, and others are not held up", async () => {
  const [one, other] = [await drafting(), await drafting()];
  for (let count = 0; count < 5; count++) await one.send(webhook(receiver.url));
  await expect(one.send(webhook(receiver.url))).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  expect(receiver.received).toHaveLength(5);
  expect((await other.send(webhook(receiver.url))).answer).toMatchObject({ ok: true });
});

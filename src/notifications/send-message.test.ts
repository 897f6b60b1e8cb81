import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import type { SentNotice } from "@/domain/notice";
import { startSmtpSink } from "@/testing/smtp-sink";
import { type Message, type Post, sendMessage } from "./send-message";
import { createSmtpMailer } from "./smtp";

const NOTICE: SentNotice = {
  ...{ id: "11111111-1111-4111-8111-111111111111", at: new Date("2026-11-24T06:00:00Z"), type: "run.failed", path: "/runs/1" },
  ...{ title: "Run 3 failed", text: "<Everything> & more", data: { run: { number: 3 } } },
};
const KEY = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

const message = (change: Partial<Message> = {}): Message => ({
  ...{ deliveryId: "22222222-2222-4222-8222-222222222222", at: new Date(), notices: [NOTICE], answeredId: null, earlier: [], secret: KEY, oldSecret: null },
  channel: { kind: "webhook", recipients: [], address: "https://example.org/hook" },
  context: { baseUrl: "https://milkrun.example", organization: { id: "o1", name: "Engines" }, channelName: "Ops", timeZone: "Europe/Berlin" },
  ...change,
});

/** What was posted for a message, and what was made of an answer. */
async function posted(sent: Message, outcome: Awaited<ReturnType<Post>> = { kind: "answered", status: 200, answer: "ok", durationMs: 5 }) {
  const requests: Parameters<Post>[0][] = [];
  const post: Post = async (request) => {
    requests.push(request);
    return outcome;
  };
  const result = await sendMessage({ post, mailer: null }, sent, new AbortController().signal);
  const [request] = requests;
  return { request, body: JSON.parse(request?.body ?? "null"), result };
}

describe("a webhook", () => {
  test("says what happened, when and where to look, and is signed under an id that does not change", async () => {
    const { request, body } = await posted(message());
    expect(request).toMatchObject({ url: "https://example.org/hook", headers: { "webhook-id": "msg_22222222222242228222222222222222" } });
    expect(new Webhook(KEY).verify(request?.body ?? "", request?.headers ?? {})).toEqual({
      type: "run.failed",
      timestamp: "2026-11-24T06:00:00.000Z",
      data: {
        ...{ id: NOTICE.id, organization: { id: "o1", name: "Engines" }, title: "Run 3 failed", text: "<Everything> & more" },
        ...{ url: "https://milkrun.example/organizations/o1/runs/1", run: { number: 3 } },
      },
    });
    expect(JSON.stringify(body)).not.toContain("whsec_");
  });

  test("with several notices is a digest of what each would have said", async () => {
    const { body } = await posted(message({ notices: [NOTICE, { ...NOTICE, type: "slot.missed" }] }));
    expect(body).toMatchObject({ type: "digest", data: { title: "2 messages: Run 3 failed", messages: [{ type: "run.failed" }, { type: "slot.missed" }] } });
  });
});

test("a Slack-style webhook gets text in which nothing is markup that is none", async () => {
  const { request, body } = await posted(
    message({ channel: { kind: "slack", recipients: [], address: "https://hooks.example/…" }, secret: "https://hooks.example/T0/B0" }),
  );
  expect(request).toMatchObject({ url: "https://hooks.example/T0/B0", headers: { "content-type": "application/json" } });
  expect(body).toEqual({ text: expect.stringMatching(/^\*Run 3 failed\*\n&lt;Everything&gt; &amp; more\n<https:/) });
});

test("an ntfy topic gets a push message, with its token", async () => {
  const { request, body } = await posted(message({ channel: { kind: "ntfy", recipients: [], address: "https://push.example/base/my-topic" }, secret: "tk_1" }));
  expect(request).toMatchObject({ url: "https://push.example/base/", headers: { authorization: "Bearer tk_1" } });
  expect(body).toMatchObject({ topic: "my-topic", title: "Run 3 failed", message: expect.stringMatching(/^<Everything> & more\n/), priority: 4 });
});

describe("what is made of an answer", () => {
  test.each([
    [200, true, null],
    [204, true, null],
    [302, false, /redirects, which is not followed/],
    [401, false, /does not let this in/],
    [404, false, /nothing at this address/],
    [410, false, /not there any more/],
    [413, false, /too large for it/],
    [418, false, /refused the message/],
    [429, false, /too many requests/],
    [503, false, /problem of its own/],
  ])("%i", async (status, ok, words) => {
    const { result } = await posted(message(), { kind: "answered", status, answer: "thanks", durationMs: 5, retryAfterMs: 1_000 });
    expect(result).toMatchObject({ ok, httpStatus: status, answer: "thanks", retryAfterMs: 1_000 });
    if (words) expect(result.error).toMatch(words);
    else expect(result.error).toBeNull();
  });

  test("an answer that repeats a secret is kept without it", async () => {
    const { result } = await posted(message(), { kind: "answered", status: 200, answer: `You sent ${KEY}, ${KEY}.`, durationMs: 5 });
    expect(result.answer).toBe("You sent [secret], [secret].");
    const cut = await posted(message(), { kind: "answered", status: 200, answer: `You sent ${KEY} and ${KEY.slice(0, 20)}`, durationMs: 5 });
    expect(cut.result.answer).toBe("You sent [secret] and [secret]");
  });

  test("nor is the address of a Slack-style webhook, of which servers name the last part", async () => {
    const slack = message({ channel: { kind: "slack", recipients: [], address: null }, secret: "https://hooks.example/services/T0/abcdef123" });
    const { result } = await posted(slack, { kind: "answered", status: 404, answer: "Cannot POST /services/T0/abcdef123", durationMs: 5 });
    expect(result.answer).toBe("Cannot POST /[secret]/T0/[secret]");
  });

  test("without one, the reason is kept", async () => {
    const { result } = await posted(message(), { kind: "failed", message: "This address is blocked.", retryable: false, durationMs: 5 });
    expect(result).toMatchObject({ ok: false, httpStatus: null, answer: null, error: "This address is blocked.", retryable: false });
  });
});

describe("a mail", () => {
  const mail = message({ channel: { kind: "email", recipients: ["ada@example.org", "grace@example.org"], address: null }, secret: null });

  test("goes to everybody of the channel by itself, and says that a program sent it and how to end it", async () => {
    const sent: unknown[] = [];
    const mailer = { send: async (one: unknown) => `250 Taken as ${sent.push(one)}` };
    const result = await sendMessage({ post: () => Promise.reject(new Error("not here")), mailer }, mail, new AbortController().signal);
    expect(result).toMatchObject({ ok: true, error: null, answer: "250 Taken as 1" });
    const same = {
      subject: "[Milkrun] Run 3 failed",
      text: expect.stringMatching(
        /^Run 3 failed\nTue 24 Nov 2026, 07:00 Berlin\n<Everything> & more\nhttps:\/\/milkrun\.example\/organizations\/o1\/runs\/1\n\n-- \n.*Engines.*“Ops”.*\n.*\/settings\/notifications\n$/s,
      ),
      html: expect.stringMatching(/>Run 3 failed<.*>&lt;Everything&gt; &amp; more<.*<a href="https:\/\/milkrun\.example\/organizations\/o1\/runs\/1"/s),
      automatic: { messageId: "msg_22222222222242228222222222222222", answeredId: null, list: { name: "Ops", id: "notifications.o1.milkrun.example" } },
    };
    expect(sent).toEqual([
      { to: "ada@example.org", ...same },
      { to: "grace@example.org", ...same },
    ]);
  });

  test("has no line that is longer than mail servers take, whatever the channel is called", async () => {
    const sink = await startSmtpSink();
    const mailer = createSmtpMailer({ url: `smtp://127.0.0.1:${sink.port}`, from: "milkrun@example.org" });
    const context = { ...mail.context, channelName: "🚨".repeat(100), organization: { id: "o1", name: "é".repeat(120) } };
    const notices = [{ ...NOTICE, title: "🚨".repeat(300), text: "x".repeat(3_000), path: `/items?q=${"a".repeat(3_000)}` }];
    await sendMessage({ post: () => Promise.reject(new Error("not here")), mailer }, { ...mail, notices, context }, new AbortController().signal);
    await sink.close();
    const lengths = sink.mails.flatMap(({ content }) => content.split("\r\n").map((line) => Buffer.byteLength(line)));
    expect(Math.max(...lengths)).toBeLessThanOrEqual(998);
    expect(sink.mails).toHaveLength(2);
  });

  test("is not tried where the server sends none", async () => {
    expect((await posted(mail)).result).toMatchObject({ ok: false, retryable: false, error: expect.stringContaining("Email is not set up") });
  });
});

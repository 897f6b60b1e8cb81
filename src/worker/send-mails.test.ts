import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Mailer } from "@/domain/mail";
import { createSmtpMailer } from "@/notifications/smtp";
import { createNotifying } from "@/testing/notifying";
import { createSendingWorld, type SendingWorld } from "@/testing/sending-world";
import { type SmtpSinkOptions, startSmtpSink } from "@/testing/smtp-sink";

let world: SendingWorld["world"];
let send: SendingWorld["send"];
let withChannel: SendingWorld["withChannel"];
let close: SendingWorld["close"];

beforeAll(async () => {
  ({ world, send, withChannel, close } = await createSendingWorld());
});

afterAll(() => close());

describe("a mail", () => {
  test("one goes to each, of whom one may be refused, and says that mail is not set up where it is not", async () => {
    const sink = await startSmtpSink({ refuses: ["ida@example.org"] });
    const recipients = ["ada@example.org", "ida@example.org", "grace@example.org"];
    const { channelId, fail, deliveries } = await withChannel({ kind: "email", recipients });
    await fail();
    await send(channelId, { mailer: createSmtpMailer({ url: `smtp://127.0.0.1:${sink.port}`, from: "milkrun@example.org" }) });
    await fail();
    await send(channelId);
    await sink.close();
    const content = expect.stringContaining("Subject: [Milkrun] Run 1 failed");
    expect(sink.mails).toMatchObject([
      { to: ["ada@example.org"], content },
      { to: ["grace@example.org"], content },
    ]);
    expect(await deliveries()).toMatchObject([
      { status: "failed", message: expect.stringContaining("Email is not set up") },
      { status: "failed", attemptCount: 1, message: expect.stringMatching(/^ida@example\.org was refused for good\./) },
    ]);
  });

  test("one answers what it told of with what it says when that is over, and nothing else", async () => {
    const sink = await startSmtpSink();
    const mailer = createSmtpMailer({ url: `smtp://127.0.0.1:${sink.port}`, from: "milkrun@example.org" });
    const notifying = await createNotifying(world);
    const { id: channelId } = await notifying.channel({ kind: "email", recipients: ["ada@example.org"] });
    for (const [event, recovery] of [
      ["run_failed", true],
      ["run_failed", false],
    ] as const)
      await notifying.rule({ event, recovery, channelIds: [channelId] });
    for (const status of ["failed", "failed", "succeeded", "succeeded"] as const) {
      await notifying.end(status);
      await notifying.judge();
      await send(channelId, { mailer });
    }
    await sink.close();
    const headerOf = (content: string, name: string) => new RegExp(`^${name}: (.*)\r$`, "m").exec(content)?.[1];
    const told = sink.mails.map(({ content }) => ({ subject: headerOf(content, "Subject"), answers: headerOf(content, "In-Reply-To") }));
    const alerts = sink.mails
      .filter(({ content }) => content.includes("Subject: [Milkrun] Run 1 failed"))
      .map(({ content }) => headerOf(content, "Message-ID"));
    expect(told.map(({ subject }) => subject)).toEqual(
      ["Run 1 failed", "Run 1 failed", "Run 2 failed", "Runs work again"].map((title) => `[Milkrun] ${title}`),
    );
    expect(told.map(({ answers }) => answers)).toEqual([undefined, undefined, undefined, expect.toSatisfy((id: string) => alerts.includes(id))]);
  });
});

describe("a mail to several", () => {
  const all = ["ada@example.org", "grace@example.org", "ida@example.org"];
  const [ada, grace, ida] = all as [string, string, string];

  /** A mail on its way, to a server of these manners; what came, and what is recorded of it. */
  async function mailing(options: SmtpSinkOptions, recipients = all) {
    const sink = await startSmtpSink(options);
    const mailer = createSmtpMailer({ url: `smtp://127.0.0.1:${sink.port}`, from: "milkrun@example.org" });
    const channel = await withChannel({ kind: "email", recipients });
    const { owner, channelId } = channel;
    await channel.fail();
    const [{ id } = { id: "" }] = await channel.deliveries();
    const delivery = () => owner.notification.delivery({ id });
    return {
      ...{ ...channel, id, sink, mailer, delivery },
      sent: () => sink.mails.flatMap(({ to }) => to),
      attempt: (options: Parameters<typeof send>[1] = {}) => send(channelId, { mailer, ...options }),
      async due() {
        await world.db.system.delivery.updateMany({ where: { channelId, finishedAt: null }, data: { dueAt: new Date(0) } });
        await world.db.system.notificationChannel.update({ where: { id: channelId }, data: { restUntil: null } });
      },
      states: async () => Object.fromEntries((await delivery()).recipients.map(({ address, state }) => [address, state])),
      channelNow: async () => (await owner.notification.channels())[0],
    };
  }

  test("of whom one is refused for now comes to that one alone later, under the same id, and meanwhile the channel works", async () => {
    const defers = new Set([grace]);
    const { sink, sent, attempt, due, delivery, states, channelNow } = await mailing({ defers });
    await attempt();
    expect(sent()).toEqual([ada, ida]);
    expect(await states()).toEqual({ [ada]: "taken", [grace]: "waiting", [ida]: "taken" });
    expect(await delivery()).toMatchObject({
      ...{ status: "retrying", finishedAt: null, message: expect.stringMatching(/^grace@example\.org does not have this mail\. Everybody else has it\./) },
      attempts: [{ takenCount: 2, answer: "451 4.7.1 Greylisted" }],
    });
    expect(await channelNow()).toMatchObject({ consecutiveFailures: 0, lastDeliveredAt: expect.any(Date), lastError: null });
    await attempt();
    expect(sent(), "not before it is due").toHaveLength(2);
    await due();
    await attempt();
    expect((await delivery()).status).toBe("retrying");
    defers.clear();
    await due();
    await attempt();
    await sink.close();
    expect(sent()).toEqual([ada, ida, grace]);
    expect(new Set(sink.mails.map(({ content }) => /^Message-ID: .*$/m.exec(content)?.[0])).size).toBe(1);
    expect(await delivery()).toMatchObject({
      status: "delivered",
      message: null,
      attempts: [{ takenCount: 2 }, { takenCount: 0 }, { takenCount: 1, error: null }],
    });
    expect(await states()).toEqual({ [ada]: "taken", [grace]: "taken", [ida]: "taken" });
  });

  test("of whom one is refused for good and one for now says so of each, and ends with the one without it", async () => {
    const defers = new Set([grace]);
    const { sink, sent, attempt, due, delivery, states, channelNow } = await mailing({ defers, refuses: [ida] });
    await attempt();
    expect(await states()).toEqual({ [ada]: "taken", [grace]: "waiting", [ida]: "refused" });
    expect(await delivery()).toMatchObject({ status: "retrying", message: expect.stringMatching(/^ida@.* refused for good\..*grace@.* does not have/) });
    defers.clear();
    await due();
    await attempt();
    await sink.close();
    expect(sent()).toEqual([ada, grace]);
    expect(await delivery()).toMatchObject({
      ...{ status: "failed", message: expect.stringMatching(/^ida@example\.org was refused for good\./) },
      attempts: [{ takenCount: 1 }, { takenCount: 1, error: null }],
    });
    expect(await channelNow()).toMatchObject({
      consecutiveFailures: expect.any(Number),
      lastError: expect.stringContaining(ida),
      lastDeliveredAt: expect.any(Date),
    });
  });

  test("of whom all are refused for now is tried again for all, and the channel rests", async () => {
    const defers = new Set(all);
    const { sink, sent, attempt, due, states, channelNow } = await mailing({ defers });
    await attempt();
    expect(await states()).toEqual({ [ada]: "waiting", [grace]: "waiting", [ida]: "waiting" });
    expect(await channelNow()).toMatchObject({ consecutiveFailures: 1, lastError: expect.stringMatching(/does not take the mail at the moment\.$/) });
    defers.clear();
    await attempt();
    expect(sent()).toEqual([]);
    await due();
    await attempt();
    await sink.close();
    expect(sent()).toEqual(all);
  });

  test("which the server takes the recipients of, and not the mail, is tried again for all", async () => {
    const { sink, attempt, delivery, states } = await mailing({ answers: { DATA: "451 Later" } });
    await attempt();
    await sink.close();
    expect((await delivery()).status).toBe("retrying");
    expect(await states()).toEqual({ [ada]: "waiting", [grace]: "waiting", [ida]: "waiting" });
  });

  test("that the server hangs up on with the mail in its hands may come twice to that one, and to nobody else", async () => {
    const options: SmtpSinkOptions = {};
    const { sink, sent, mailer, attempt, due, delivery } = await mailing(options);
    const hangsUpOnGrace: Mailer = {
      send(mail, signal) {
        options.hangsUp = mail.to === grace;
        return mailer.send(mail, signal);
      },
    };
    await attempt({ mailer: hangsUpOnGrace });
    options.hangsUp = false;
    expect(await delivery()).toMatchObject({ status: "retrying", attempts: [{ takenCount: 1 }] });
    await due();
    await attempt();
    await sink.close();
    expect(sent()).toEqual([ada, grace, ida, grace]);
    expect((await delivery()).status).toBe("delivered");
  });

  test.each([
    ["nobody twice", true, all],
    ["everybody again where that is forgotten", false, [ada, grace, ada, grace, ida]],
  ])("is sent to %s by a process that takes over from one that died in the middle, because who has it was noted at once", async (_what, isKept, expected) => {
    const { id, sink, sent, mailer, attempt, states } = await mailing({});
    const stopping = new AbortController();
    const diesOverIda: Mailer = {
      async send(mail, signal) {
        if (mail.to !== ida) return mailer.send(mail, signal);
        stopping.abort();
        throw new Error("died");
      },
    };
    await attempt({ mailer: diesOverIda, shutdown: stopping.signal });
    expect(await states()).toEqual({ [ada]: "taken", [grace]: "taken" });
    if (!isKept) await world.db.system.deliveryRecipient.deleteMany({ where: { deliveryId: id } });
    await attempt();
    await sink.close();
    expect(sent()).toEqual(expected);
  });

  test("is given up after ten attempts for the one without it, and sent once more to that one alone; then, all having it, to all", async () => {
    const defers = new Set([grace]);
    const { owner, id, sink, sent, attempt, due, delivery, states } = await mailing({ defers });
    for (let attempts = 0; attempts < 11; attempts++) {
      await due();
      await attempt();
    }
    expect(sent()).toEqual([ada, ida]);
    expect(await delivery()).toMatchObject({ status: "failed", attemptCount: 10, message: expect.stringContaining(`${grace} does not have this mail`) });
    defers.clear();
    await owner.notification.redeliver({ id });
    await attempt();
    expect(sent()).toEqual([ada, ida, grace]);
    expect(await states()).toEqual({ [ada]: "taken", [grace]: "taken", [ida]: "taken" });
    await owner.notification.redeliver({ id });
    await attempt();
    await sink.close();
    expect(sent().slice(3)).toEqual(all);
  });

  test("goes to whom the channel writes to by then, and waits for nobody else", async () => {
    const defers = new Set([grace]);
    const { owner, sink, sent, channelId, attempt, due, delivery, states } = await mailing({ defers });
    await attempt();
    const definition = { kind: "email" as const, name: "Ops", recipients: [ada, ida, "joan@example.org"], timeZone: "UTC" };
    await owner.notification.updateChannel({ id: channelId, definition });
    await due();
    await attempt();
    await sink.close();
    expect(sent()).toEqual([ada, ida, "joan@example.org"]);
    expect((await delivery()).status).toBe("delivered");
    expect(await states()).toEqual({ [ada]: "taken", [ida]: "taken", "joan@example.org": "taken" });
  });

  test("that is waited for on a channel that is turned off says that not everybody has it", async () => {
    const { owner, sink, channelId, attempt, delivery } = await mailing({ defers: new Set([grace]) });
    await attempt();
    await sink.close();
    await owner.notification.updateChannel({ id: channelId, definition: { kind: "email", name: "Ops", enabled: false, recipients: all, timeZone: "UTC" } });
    expect(await delivery()).toMatchObject({ status: "cancelled", message: "The channel was turned off before everybody had this." });
  });
});

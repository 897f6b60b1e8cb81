import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSmtpMailer } from "@/notifications/smtp";
import { createNotifying } from "@/testing/notifying";
import { createSendingWorld, type SendingWorld } from "@/testing/sending-world";
import { startSmtpSink } from "@/testing/smtp-sink";

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
      { status: "failed", attemptCount: 1, message: expect.stringMatching(/^ida@example\.org did not get this mail/) },
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

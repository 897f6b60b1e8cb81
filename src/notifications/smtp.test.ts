import { afterEach, expect, test } from "vitest";
import { type SmtpSink, type SmtpSinkOptions, startSmtpSink } from "@/testing/smtp-sink";
import { createSmtpMailer } from "./smtp";

const MAIL = { to: "ada@example.org", subject: "Wähle ein Passwort", text: "Open this link:\n\nhttps://milkrun.example.org/reset?token=x\n.\nThat is all.\n" };
const FROM = "Milkrun <milkrun@example.org>";

let sink: SmtpSink;
afterEach(() => sink.close());

async function mailer(options: SmtpSinkOptions = {}, login = "") {
  sink = await startSmtpSink(options);
  return createSmtpMailer({ url: `smtp://${login}127.0.0.1:${sink.port}`, from: FROM, withinMs: 500 });
}

test("a mail reaches the server as it was written, from the operator's sender to one person", async () => {
  expect(await (await mailer()).send(MAIL)).toBe("250 Taken");
  expect(sink.mails).toMatchObject([{ from: "milkrun@example.org", to: ["ada@example.org"], user: null }]);
  const [{ content = "" } = {}] = sink.mails;
  expect(content).toContain("From: Milkrun <milkrun@example.org>");
  expect(content).toContain("To: ada@example.org");
  expect(content).toContain("Subject: =?UTF-8?");
  expect(content).toContain("https://milkrun.example.org/reset?token=");
  expect(content).toContain("That is all.");
});

test("it logs in with the user and the password of the address", async () => {
  await (await mailer({ login: "mail@run:p/ss:word" }, "mail%40run:p%2Fss%3Aword@")).send(MAIL);
  expect(sink.mails).toMatchObject([{ user: "mail@run" }]);
});

test("an address that would be two, or a header more, is one or is refused", async () => {
  const { send } = await mailer();
  for (const to of ["ada@example.org, eve@example.org", "ada@example.org\r\nBcc: eve@example.org"]) await send({ ...MAIL, to }).catch(() => {});
  await send({ ...MAIL, subject: "Hello\r\nBcc: eve@example.org" });
  expect(sink.mails.flatMap((mail) => mail.to).filter((to) => to === "eve@example.org")).toEqual([]);
  expect(sink.mails.some(({ content }) => /^Bcc:/im.test(content))).toBe(false);
});

const SAID = "550 No such user";

test.each<[string, SmtpSinkOptions, string, RegExp, { isAboutMail: boolean; isForGood: boolean; answer: string | null }]>([
  [
    "a wrong password",
    { login: "milkrun:right" },
    "milkrun:canary@",
    /refused the user or the password of SMTP_URL/,
    { isAboutMail: false, isForGood: false, answer: null },
  ],
  [
    "a refused recipient",
    { answers: { RCPT: SAID } },
    "",
    /did not take the recipient: see whether the address is right/,
    { isAboutMail: true, isForGood: true, answer: SAID },
  ],
  [
    "a refused sender",
    { answers: { MAIL: "553 Not yours" } },
    "",
    /did not take the sender: .* MAIL_FROM/,
    { isAboutMail: true, isForGood: false, answer: "553 Not yours" },
  ],
  ["a server that wants a login", { answers: { MAIL: "530 Log in" } }, "", /asks for a login/, { isAboutMail: false, isForGood: false, answer: "530 Log in" }],
  [
    "a recipient that is not taken yet",
    { answers: { RCPT: "451 Come back" } },
    "",
    /at the moment\.$/,
    { isAboutMail: true, isForGood: false, answer: "451 Come back" },
  ],
  ["a mail that is not taken yet", { answers: { DATA: "451 Later" } }, "", /at the moment\.$/, { isAboutMail: true, isForGood: false, answer: "451 Later" }],
  ["a mail that is not taken", { answers: { DATA: "554 Spam" } }, "", /did not take the message/, { isAboutMail: true, isForGood: true, answer: "554 Spam" }],
  [
    "a server that greets with a no",
    { greeting: "554 Blocked" },
    "",
    /turned the connection away/,
    { isAboutMail: false, isForGood: false, answer: "554 Blocked" },
  ],
  ["a server that says nothing", { silent: true }, "", /did not answer in time: .* smtps:/, { isAboutMail: false, isForGood: false, answer: null }],
  [
    "a server that hangs up on a mail",
    { hangsUp: true },
    "",
    /hung up before it said that it has the mail/,
    { isAboutMail: false, isForGood: false, answer: null },
  ],
])("%s is told in words, without the password, with what it said, and whether it is about this mail", async (_what, options, login, sentence, about) => {
  const refusal = await (await mailer(options, login)).send(MAIL).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ name: "MailError", message: expect.stringMatching(sentence), ...about });
  expect(String(refusal)).not.toContain("canary");
});

test("without a password any certificate will do, with one none that is not trusted, and none where there has to be TLS from the beginning", async () => {
  const { send } = await mailer({ startTls: true });
  await send(MAIL);
  expect(sink.mails).toMatchObject([{ isEncrypted: true }]);
  // This machine still, but not by an address that one knows it by.
  const elsewhere = createSmtpMailer({ url: `smtp://milkrun:canary@0.0.0.0:${sink.port}`, from: FROM, withinMs: 2_000 });
  await expect(elsewhere.send(MAIL)).rejects.toThrow(/has a certificate that is not trusted for its name/);
  const encrypted = createSmtpMailer({ url: `smtps://127.0.0.1:${sink.port}`, from: FROM, withinMs: 2_000 });
  await expect(encrypted.send(MAIL)).rejects.toThrow(/does not begin with TLS at this port: use smtp:/);
  expect(sink.mails).toHaveLength(1);
});

test("a mail is broken off when whoever sends it stops", async () => {
  sink = await startSmtpSink({ silent: true });
  const { send } = createSmtpMailer({ url: `smtp://127.0.0.1:${sink.port}`, from: FROM });
  const stopping = new AbortController();
  const sending = send(MAIL, stopping.signal);
  stopping.abort();
  await expect(sending).rejects.toThrow("The mail server 127.0.0.1");
});

test("a server that is not there is told in words", async () => {
  const { send } = await mailer();
  await sink.close();
  await expect(send(MAIL)).rejects.toThrow("The mail server 127.0.0.1 cannot be reached");
});

test("a password does not leave this machine without TLS", async () => {
  sink = await startSmtpSink({ login: "milkrun:canary" });
  // This machine still, but not by an address that one knows it by.
  const { send } = createSmtpMailer({ url: `smtp://milkrun:canary@0.0.0.0:${sink.port}`, from: FROM, withinMs: 2_000 });
  await expect(send(MAIL)).rejects.toThrow("offers no TLS that works");
  expect(sink.mails).toEqual([]);
});

test("a mail that a program sends of its own accord says so, and holds its words as text and in HTML", async () => {
  const automatic = { messageId: "msg_2", answeredId: "msg_1", list: { name: 'Öps "night"\r\nBcc: eve@example.org', id: "notifications.example.org" } };
  await (await mailer()).send({ ...MAIL, html: "<p>Öffne</p>", automatic });
  const [{ content = "" } = {}] = sink.mails;
  expect(content).toContain("Message-ID: <msg_2@example.org>");
  for (const name of ["In-Reply-To", "References"]) expect(content).toContain(`${name}: <msg_1@example.org>`);
  expect(content).toContain("Auto-Submitted: auto-generated");
  expect(content).toContain("X-Auto-Response-Suppress: OOF, AutoReply");
  // The text comes first: the last part is what a program shows that can.
  expect(content).toMatch(/^Content-Type: multipart\/alternative;.*^Content-Type: text\/plain;.*^Content-Type: text\/html;/ms);
  // A name that people made up becomes no header of its own.
  expect(content).toMatch(/^List-ID: =\?UTF-8\?Q\?=C3=96ps[^\r\n]*\?=\s+<notifications\.example\.org>\r$/m);
  expect(content).not.toMatch(/^Bcc:/m);
});

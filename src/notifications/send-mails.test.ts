import { describe, expect, test } from "vitest";
import { sendMails } from "./send-mails";

const MAIL = { subject: "Run 3 failed", text: "It did." };
const ALL = ["ada@example.org", "grace@example.org", "joan@example.org"];

/** A mail server that refuses these, each for itself or because it is away, and how its time passes. */
function server(refuses: Record<string, "mail" | "server"> = {}, tookMs = 0) {
  let ms = 0;
  const asked: string[] = [];
  const send = async ({ to }: { to: string }) => {
    asked.push(to);
    ms += tookMs;
    const why = refuses[to];
    if (why) throw Object.assign(new Error(`It refuses ${why}s.`), { name: "MailError", isAboutMail: why === "mail", answer: `550 ${to}\u0000` });
    return `250 ${to}`;
  };
  return { asked, result: () => sendMails({ send }, ALL, MAIL, { nowMs: () => ms }) };
}

describe("mails to several people", () => {
  test.each([
    ["all that are taken", {}, { ok: true, error: null, retryable: false, answer: "250 ada@example.org" }],
    [
      "of whom one is refused",
      { "ada@example.org": "mail" },
      { ok: false, answer: "550 ada@example.org", error: "ada@example.org did not get this mail, the others did. It refuses mails.", retryable: false },
    ],
    [
      "all refused",
      { "ada@example.org": "mail", "grace@example.org": "mail", "joan@example.org": "mail" },
      { ok: false, error: "It refuses mails.", retryable: true },
    ],
  ] as const)("%s", async (_what, refuses, expected) => {
    const { asked, result } = server(refuses);
    expect(await result()).toMatchObject(expected);
    expect(asked).toEqual(ALL);
  });

  test("to a server that is away are tried once, and again later", async () => {
    const { asked, result } = server({ "ada@example.org": "server" });
    expect(await result()).toMatchObject({ ok: false, error: "It refuses servers.", retryable: true });
    expect(asked).toEqual(["ada@example.org"]);
  });

  test("of which the server takes some and then goes away are not sent twice, and it is told who has none", async () => {
    const { result } = server({ "grace@example.org": "server" });
    expect(await result()).toMatchObject({ retryable: false, error: expect.stringMatching(/^grace@example\.org, joan@example\.org did not get this mail/) });
  });

  test("to a server that is slow end within the time of an attempt", async () => {
    const { asked, result } = server({}, 30_000);
    expect(await result()).toMatchObject({ ok: false, durationMs: 60_000, error: expect.stringMatching(/^joan@example\.org .* too long/) });
    expect(asked).toHaveLength(2);
  });

  test.each([
    ["nobody has got yet are broken off", 0],
    ["somebody has got already are sent to the others as well", 1],
  ])("that %s when the worker stops", async (_what, beforehand) => {
    const stopping = new AbortController();
    const asked: string[] = [];
    const send = async ({ to }: { to: string }, signal?: AbortSignal) => {
      asked.push(to);
      if (asked.length > beforehand) stopping.abort();
      if (signal?.aborted) throw Object.assign(new Error("Broken off."), { name: "MailError", isAboutMail: false, answer: null });
      return "250 Taken";
    };
    const sending = sendMails({ send }, ALL, MAIL, { signal: stopping.signal });
    await (beforehand === 0 ? expect(sending).rejects.toMatchObject({ name: "AbortError" }) : expect(sending).resolves.toMatchObject({ ok: true }));
    expect(asked).toEqual(beforehand === 0 ? ALL.slice(0, 1) : ALL);
  });

  test("fail as a whole where the fault is not the mail server's", async () => {
    await expect(sendMails({ send: () => Promise.reject(new TypeError("a fault")) }, ALL, MAIL)).rejects.toThrow("a fault");
  });
});

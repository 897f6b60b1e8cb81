import { describe, expect, test } from "vitest";
import { sendMails } from "./send-mails";

const MAIL = { subject: "Run 3 failed", text: "It did." };
const ALL = ["ada@example.org", "grace@example.org", "joan@example.org"];

/** How a server refuses: this recipient for good, or for now, or everybody because it is away. */
type Refuses = "for good" | "for now" | "away";

/** A mail server that refuses these, and how its time passes. */
function server(refuses: Record<string, Refuses> = {}, tookMs = 0) {
  let ms = 0;
  const asked: string[] = [];
  const send = async ({ to }: { to: string }) => {
    asked.push(to);
    ms += tookMs;
    const why = refuses[to];
    const about = { name: "MailError", isAboutMail: why !== "away", isForGood: why === "for good", answer: `550 ${to}\u0000` };
    if (why) throw Object.assign(new Error(`It refuses ${why}.`), about);
    return `250 ${to}`;
  };
  const result = (options: Parameters<typeof sendMails>[3] = {}) => sendMails({ send }, ALL, MAIL, { nowMs: () => ms, ...options });
  return { asked, result };
}

const statesOf = ({ recipients = [] }: Awaited<ReturnType<typeof sendMails>>) => recipients.map(({ state }) => state);

describe("mails to several people", () => {
  test.each<[string, Record<string, Refuses>, string[], object]>([
    ["all that are taken", {}, ["taken", "taken", "taken"], { ok: true, error: null, retryable: false, answer: "250 ada@example.org" }],
    [
      "of whom one is refused for good",
      { "ada@example.org": "for good" },
      ["refused", "taken", "taken"],
      {
        ok: false,
        answer: "550 ada@example.org",
        error: expect.stringMatching(/^ada@example\.org was refused for good\. Everybody else has it\. It ref/),
        retryable: false,
      },
    ],
    [
      "of whom one is refused for now",
      { "grace@example.org": "for now" },
      ["taken", "waiting", "taken"],
      {
        ok: false,
        answer: "550 grace@example.org",
        error: expect.stringMatching(/^grace@example\.org does not have this mail\. Everybody else has it\. It ref/),
        retryable: true,
      },
    ],
    [
      "all refused for now",
      { "ada@example.org": "for now", "grace@example.org": "for now", "joan@example.org": "for now" },
      ["waiting", "waiting", "waiting"],
      { ok: false, error: "It refuses for now.", retryable: true, othersHaveIt: false },
    ],
    [
      "all refused, one of them for now",
      { "ada@example.org": "for good", "grace@example.org": "for now", "joan@example.org": "for good" },
      ["refused", "waiting", "refused"],
      { ok: false, retryable: true, othersHaveIt: false },
    ],
  ])("%s", async (_what, refuses, states, expected) => {
    const { asked, result } = server(refuses);
    const got = await result();
    expect(got).toMatchObject(expected);
    expect(statesOf(got)).toEqual(states);
    expect(asked).toEqual(ALL);
  });

  test("are sent again to those alone who are waited for", async () => {
    const { recipients: earlier = [] } = await server({ "ada@example.org": "for good", "joan@example.org": "for now" }).result();
    const { asked, result } = server();
    expect(await result({ earlier })).toMatchObject({ retryable: false, recipients: [{ address: "joan@example.org", state: "taken" }] });
    expect(asked).toEqual(["joan@example.org"]);
  });

  test("are noted one by one while others are still to get them", async () => {
    const noted: string[] = [];
    const noteTaken = async ({ address }: { address: string }) => noted.push(address) > 0;
    await server({ "grace@example.org": "for now" }).result({ noteTaken });
    // The last one is recorded with the attempt.
    expect(noted).toEqual(["ada@example.org"]);
  });

  test("end where somebody else sends them by now", async () => {
    const { asked, result } = server();
    expect(statesOf(await result({ noteTaken: async () => false }))).toEqual(["taken", "waiting", "waiting"]);
    expect(asked).toEqual(["ada@example.org"]);
  });

  test("to a server that is away are tried once, and again later", async () => {
    const { asked, result } = server({ "ada@example.org": "away" });
    expect(await result()).toMatchObject({ ok: false, error: "It refuses away.", retryable: true, othersHaveIt: false });
    expect(asked).toEqual(["ada@example.org"]);
  });

  test("of which the server takes some and then goes away are sent again to the others, and it is told who has none", async () => {
    const got = await server({ "grace@example.org": "away" }).result();
    expect(got).toMatchObject({ retryable: true, othersHaveIt: false, error: expect.stringMatching(/^grace@example\.org and joan@example\.org do not have/) });
    expect(statesOf(got)).toEqual(["taken", "waiting", "waiting"]);
  });

  test("to a server that is slow end within the time of an attempt, and the others wait for the next", async () => {
    const { asked, result } = server({}, 30_000);
    const got = await result();
    expect(got).toMatchObject({ ok: false, retryable: true, durationMs: 60_000, error: expect.stringMatching(/^joan@example\.org .* too long/) });
    expect(statesOf(got)).toEqual(["taken", "taken", "waiting"]);
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
      if (signal?.aborted) throw Object.assign(new Error("Broken off."), { name: "MailError", isAboutMail: false, isForGood: false, answer: null });
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

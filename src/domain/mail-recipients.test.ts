import { describe, expect, test } from "vitest";
import { mailResult, openRecipients, type RecipientOutcome } from "./mail-recipients";

const [ADA, GRACE, IDA] = ["ada@example.org", "grace@example.org", "ida@example.org"] as const;
const ALL = [ADA, GRACE, IDA];

const taken = (address: string): RecipientOutcome => ({ address, state: "taken", answer: `250 ${address}`, error: null });
const waiting = (address: string, error: string | null = "Not now."): RecipientOutcome => ({ address, state: "waiting", answer: "451 Later", error });
const refused = (address: string): RecipientOutcome => ({ address, state: "refused", answer: "550 No", error: "Not there." });

const resultOf = (now: RecipientOutcome[], earlier: RecipientOutcome[] = [], recipients: string[] = ALL) =>
  mailResult(recipients, { earlier, now, isServerWell: true });

describe("who is still to get a mail", () => {
  test("is everybody at first, then who was waited for, and whoever the channel writes to since", () => {
    expect(openRecipients(ALL, [])).toEqual(ALL);
    expect(openRecipients([...ALL, "joan@example.org"], [taken(ADA), refused(GRACE), waiting(IDA)])).toEqual(["joan@example.org", IDA]);
  });

  test("is tried before those that were tried already, so that one at whom the server fails keeps nobody's mail back", () => {
    expect(openRecipients(ALL, [waiting(ADA), waiting(GRACE, null), waiting(IDA, null)])).toEqual([GRACE, IDA, ADA]);
    expect(
      openRecipients(
        ALL,
        ALL.map((address) => waiting(address)),
      ),
    ).toEqual(ALL);
  });
});

describe("an attempt", () => {
  test("that everybody has now went well, also where some had it before", () => {
    expect(resultOf(ALL.map(taken))).toMatchObject({ ok: true, error: null, retryable: false, answer: `250 ${ADA}` });
    expect(resultOf([taken(IDA)], [taken(ADA), taken(GRACE)])).toMatchObject({ ok: true, error: null });
  });

  test("that some do not have yet is made again, and holds nothing else up", () => {
    const error = `${IDA} does not have this mail. Everybody else has it. Not now.`;
    expect(resultOf([taken(ADA), taken(GRACE), waiting(IDA)])).toMatchObject({ ok: false, retryable: true, othersHaveIt: true, answer: "451 Later", error });
  });

  test("that nobody has yet is made again, and may mean that the server is away", () => {
    expect(resultOf(ALL.map((address) => waiting(address)))).toMatchObject({ ok: false, retryable: true, othersHaveIt: false, error: "Not now." });
    expect(mailResult(ALL, { earlier: [taken(ADA)], now: [waiting(GRACE), waiting(IDA, null)], isServerWell: false })).toMatchObject({
      ...{ retryable: true, othersHaveIt: false, error: "Not now.", message: `${GRACE} and ${IDA} do not have this mail. Everybody else has it. Not now.` },
    });
  });

  test("names who was refused for good, and is not made again for them", () => {
    expect(resultOf([taken(ADA), refused(GRACE), refused(IDA)])).toMatchObject({
      ...{ ok: false, retryable: false, error: `${GRACE} and ${IDA} were refused for good. Everybody else has it. Not there.` },
    });
    expect(resultOf([refused(ADA)], [], [ADA])).toMatchObject({ retryable: false, error: "Not there." });
    expect(resultOf([taken(ADA), refused(GRACE), waiting(IDA)])).toMatchObject({
      ...{ retryable: true, error: `${GRACE} was refused for good. ${IDA} does not have this mail. Everybody else has it. Not there. Not now.` },
    });
  });

  test("remembers who was refused for good before, while the channel writes to them", () => {
    const earlier = [taken(ADA), refused(GRACE)];
    const message = `${GRACE} was refused for good. Everybody else has it. Not there.`;
    expect(resultOf([taken(IDA)], earlier), "the attempt itself went well").toMatchObject({ ok: false, retryable: false, error: null, message });
    const still = { error: "Not now.", message: `${GRACE} was refused for good. ${IDA} does not have this mail. Everybody else has it. Not there. Not now.` };
    expect(resultOf([waiting(IDA)], earlier)).toMatchObject(still);
    expect(resultOf([taken(IDA)], earlier, [ADA, IDA])).toMatchObject({ ok: true });
  });

  test("names five, and counts the rest", () => {
    const many = Array.from({ length: 7 }, (_, index) => `${index}@example.org`);
    const { error } = resultOf([taken(ADA), ...many.map((address) => waiting(address, null))], [], [ADA, ...many]);
    expect(error).toMatch(/^0@example\.org, .*, 4@example\.org and 2 more do not have this mail\. Everybody else has it\. The mail server took too long/);
  });
});

import type { AttemptResult } from "./delivery-plan";

/**
 * What became of a mail for one recipient: `taken` by the mail server, so that they are not sent it again; `refused` for good; `waiting` for
 * another attempt or, where there will be none, without it.
 */
export const RECIPIENT_STATES = ["waiting", "refused", "taken"] as const;
export type RecipientState = (typeof RECIPIENT_STATES)[number];

/** One recipient of a mail, after an attempt. */
export interface RecipientOutcome {
  address: string;
  state: RecipientState;
  /** What the mail server said; null where it said nothing. */
  answer: string | null;
  /** Why they do not have it, in words; null where they do, and where it was not tried. */
  error: string | null;
}

/**
 * Who is still to get a mail: whoever the channel writes to by now, but for those who have it and those who were refused it for good. Whose
 * turn did not come yet is first, so that one over whom the mail server fails each time does not keep it from the others.
 */
export function openRecipients(recipients: readonly string[], earlier: readonly RecipientOutcome[]): string[] {
  const known = new Map(earlier.map((each) => [each.address, each]));
  const open = recipients.filter((address) => (known.get(address)?.state ?? "waiting") === "waiting");
  const wasTried = (address: string) => (known.get(address)?.error ?? null) !== null;
  return [...open.filter((address) => !wasTried(address)), ...open.filter(wasTried)];
}

/**
 * What an attempt came to. Who was refused earlier counts while the channel writes to them.
 * @param isServerWell Whether the mail server is there, whomever it refused.
 */
export function mailResult(
  recipients: readonly string[],
  { earlier, now, isServerWell }: { earlier: readonly RecipientOutcome[]; now: readonly RecipientOutcome[]; isServerWell: boolean },
): Omit<AttemptResult, "durationMs"> {
  const before = earlier.filter(({ state, address }) => state === "taken" || (state === "refused" && recipients.includes(address)));
  const all = [...before, ...now];
  const message = whoMissesIt(all, { areAll: true });
  return {
    ok: message === null,
    error: whoMissesIt(now, { areAll: before.every(({ state }) => state === "taken") }),
    message,
    retryable: now.some(({ state }) => state === "waiting"),
    othersHaveIt: isServerWell && all.some(({ state }) => state === "taken"),
    recipients: now,
    ...{ httpStatus: null, answer: (now.find(({ state }) => state !== "taken") ?? now[0])?.answer ?? null },
  };
}

/** Who is without a mail, and why: the names first, as lists show the beginning only. Null where everybody has it. */
function whoMissesIt(outcomes: readonly RecipientOutcome[], { areAll }: { areAll: boolean }): string | null {
  const waiting = outcomes.filter(({ state }) => state === "waiting");
  const refused = outcomes.filter(({ state }) => state === "refused");
  const missed = waiting.length + refused.length;
  if (missed === 0) return null;
  const hasAnybody = missed < outcomes.length;
  if (!hasAnybody && (refused.length === 0 || missed === 1)) return reasonOf(outcomes);
  const who = [
    ...(refused.length > 0 ? [`${namesOf(refused)} ${refused.length > 1 ? "were" : "was"} refused for good.`] : []),
    ...(waiting.length > 0 ? [`${namesOf(waiting)} ${waiting.length > 1 ? "do" : "does"} not have this mail.`] : []),
    ...(hasAnybody && areAll ? ["Everybody else has it."] : []),
  ];
  return [...who, ...[refused, waiting].filter(({ length }) => length > 0).map(reasonOf)].join(" ");
}

function reasonOf(missed: readonly RecipientOutcome[]): string {
  return missed.find(({ error }) => error !== null)?.error ?? "The mail server took too long for all of them.";
}

/** Addresses that are named before the rest is counted. */
const NAMED = 5;

function namesOf(missed: readonly RecipientOutcome[]): string {
  const names = missed.slice(0, NAMED).map(({ address }) => address);
  const rest = missed.length - names.length;
  if (rest > 0) return `${names.join(", ")} and ${rest} more`;
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : String(names[0]);
}

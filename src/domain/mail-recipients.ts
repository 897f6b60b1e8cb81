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
 * What an attempt came to as a whole. Who was refused earlier counts while the channel writes to them.
 * @param isServerWell Whether the mail server is there, whomever it refused.
 */
export function mailResult(
  recipients: readonly string[],
  { earlier, now, isServerWell }: { earlier: readonly RecipientOutcome[]; now: readonly RecipientOutcome[]; isServerWell: boolean },
): Omit<AttemptResult, "durationMs"> {
  const before = earlier.filter(({ state, address }) => state === "taken" || (state === "refused" && recipients.includes(address)));
  const all = [...before, ...now];
  const inState = (state: RecipientState) => all.filter((each) => each.state === state);
  const [waiting, refused, taken] = [inState("waiting"), inState("refused"), inState("taken")];
  const answer = (now.find(({ state }) => state !== "taken") ?? now[0])?.answer ?? null;
  return {
    ok: waiting.length + refused.length === 0,
    error: waiting.length + refused.length === 0 ? null : whoMissesIt(waiting, refused, taken.length),
    retryable: waiting.length > 0,
    othersHaveIt: isServerWell && taken.length > 0,
    recipients: now,
    ...{ httpStatus: null, answer },
  };
}

function whoMissesIt(waiting: readonly RecipientOutcome[], refused: readonly RecipientOutcome[], takenCount: number): string {
  if (takenCount === 0 && refused.length === 0) return reasonOf(waiting);
  if (takenCount === 0 && waiting.length === 0 && refused.length === 1) return reasonOf(refused);
  return [
    ...(refused.length > 0 ? [`${namesOf(refused)} ${refused.length > 1 ? "were" : "was"} refused for good. ${reasonOf(refused)}`] : []),
    ...(waiting.length > 0 ? [`${namesOf(waiting)} ${waiting.length > 1 ? "do" : "does"} not have this mail. ${reasonOf(waiting)}`] : []),
    ...(takenCount > 0 ? ["The others have it."] : []),
  ].join(" ");
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

import type { AttemptResult } from "@/domain/delivery-plan";
import type { Mail, Mailer } from "@/domain/mail";
import { mailResult, openRecipients, type RecipientOutcome } from "@/domain/mail-recipients";
import { isMailError } from "./smtp";

/** After this long no further mail is begun, so that an attempt ends while its channel is held. In milliseconds. */
const BEGIN_WITHIN_MS = 40_000;

/** Of what the mail server answered. */
const KEPT_CHARACTERS = 1_000;

/** Is told of each who has got a mail while others are still to get it; false when somebody else sends it by now. */
export type NoteTaken = (outcome: RecipientOutcome) => Promise<boolean>;

interface SendMailsOptions {
  /** What earlier attempts came to: who has the mail, or was refused it for good, is left out. */
  earlier?: readonly RecipientOutcome[];
  noteTaken?: NoteTaken;
  /** Breaks off what nobody has got yet; what somebody has is sent to the others as well. */
  signal?: AbortSignal;
  /** Milliseconds that have passed since some moment; the machine's unless told. */
  nowMs?: () => number;
}

/**
 * Sends a mail to each recipient by itself: nobody sees the others, and an address that is refused keeps nobody else's mail back. The result
 * says what became of each; who was refused for the moment, or not tried, is `waiting`. Where the server itself fails, the rest is not tried.
 * Rejects when `signal` is aborted before anybody has got it.
 */
export async function sendMails(mailer: Mailer, recipients: readonly string[], mail: Omit<Mail, "to">, options: SendMailsOptions = {}): Promise<AttemptResult> {
  const { nowMs = () => performance.now(), earlier = [] } = options;
  const startedMs = nowMs();
  const open = openRecipients(recipients, earlier);
  const { tried, isServerWell } = await sendInTurn(mailer, open, mail, { ...options, mayBegin: () => nowMs() - startedMs <= BEGIN_WITHIN_MS });
  const untried = open.slice(tried.length).map((address): RecipientOutcome => ({ address, state: "waiting", answer: null, error: null }));
  return { ...mailResult(recipients, { earlier, now: [...tried, ...untried], isServerWell }), durationMs: nowMs() - startedMs };
}

type TurnOptions = Pick<SendMailsOptions, "signal" | "noteTaken"> & { mayBegin: () => boolean };

async function sendInTurn(mailer: Mailer, open: readonly string[], mail: Omit<Mail, "to">, { signal, noteTaken, mayBegin }: TurnOptions) {
  const tried: RecipientOutcome[] = [];
  for (const to of open) {
    if (tried.length > 0 && !mayBegin()) break;
    const breaksOff = tried.some(({ state }) => state === "taken") ? undefined : signal;
    const { outcome, isServerWell } = await trySend(mailer, { ...mail, to }, breaksOff);
    if (outcome.state !== "taken") breaksOff?.throwIfAborted();
    tried.push(outcome);
    if (!isServerWell) return { tried, isServerWell };
    const isNoted = outcome.state === "taken" && tried.length < open.length && noteTaken ? await noteTaken(outcome) : true;
    if (!isNoted) break;
  }
  return { tried, isServerWell: true };
}

async function trySend(mailer: Mailer, mail: Mail, signal?: AbortSignal): Promise<{ outcome: RecipientOutcome; isServerWell: boolean }> {
  const address = mail.to;
  try {
    const answer = kept((await mailer.send(mail, signal)) ?? null);
    return { outcome: { address, state: "taken", answer, error: null }, isServerWell: true };
  } catch (error) {
    if (!isMailError(error)) throw error;
    const state = error.isForGood ? "refused" : "waiting";
    return { outcome: { address, state, answer: kept(error.answer), error: error.message }, isServerWell: error.isAboutMail };
  }
}

/** PostgreSQL stores no NUL. */
function kept(answer: string | null): string | null {
  return answer?.replaceAll("\u0000", "").slice(0, KEPT_CHARACTERS) ?? null;
}

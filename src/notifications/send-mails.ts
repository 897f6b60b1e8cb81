import type { AttemptResult } from "@/domain/delivery-plan";
import type { Mail, Mailer } from "@/domain/mail";
import { isMailError } from "./smtp";

/** After this long no further mail is begun, so that an attempt ends while its channel is held. In milliseconds. */
const BEGIN_WITHIN_MS = 40_000;

/** Of what the mail server answered: to the first that it refused or, where it refused none, to the first. */
const KEPT_CHARACTERS = 1_000;

interface SendMailsOptions {
  /** Breaks off what nobody has got yet; what somebody has is sent to the others as well. */
  signal?: AbortSignal;
  /** Milliseconds that have passed since some moment; the machine's unless told. */
  nowMs?: () => number;
}

/**
 * Sends a mail to each recipient by itself: nobody sees the others, and an address that is refused keeps nobody else's mail back. What some
 * have got is not retryable: they would have it twice. Where the server itself fails, the rest is not tried. Rejects when `signal` is aborted
 * before anybody has got it.
 */
export async function sendMails(mailer: Mailer, recipients: readonly string[], mail: Omit<Mail, "to">, options: SendMailsOptions = {}): Promise<AttemptResult> {
  const { nowMs = () => performance.now(), signal } = options;
  const startedMs = nowMs();
  const missed: string[] = [];
  let refused: Refusal | null = null;
  let taken: string | undefined;
  for (const [index, to] of recipients.entries()) {
    const breaksOff = missed.length === index ? signal : undefined;
    const { refusal, answer } = await trySend(mailer, { ...mail, to }, breaksOff);
    if (refusal) breaksOff?.throwIfAborted();
    if (refusal) missed.push(to);
    refused ??= refusal;
    taken ??= answer;
    if (refusal?.isAboutMail !== false && nowMs() - startedMs <= BEGIN_WITHIN_MS) continue;
    missed.push(...recipients.slice(index + 1));
    break;
  }
  const answer = refused ? refused.answer : (taken ?? null);
  return { ...resultOf(missed, recipients.length, refused?.message ?? null), answer: kept(answer), durationMs: nowMs() - startedMs };
}

interface Refusal {
  message: string;
  isAboutMail: boolean;
  answer: string | null;
}

async function trySend(mailer: Mailer, mail: Mail, signal?: AbortSignal): Promise<{ refusal: Refusal | null; answer?: string | undefined }> {
  try {
    return { refusal: null, answer: await mailer.send(mail, signal) };
  } catch (error) {
    if (isMailError(error)) return { refusal: error };
    throw error;
  }
}

/** PostgreSQL stores no NUL. */
function kept(answer: string | null): string | null {
  return answer?.replaceAll("\u0000", "").slice(0, KEPT_CHARACTERS) ?? null;
}

function resultOf(missed: readonly string[], count: number, reason: string | null): Omit<AttemptResult, "durationMs" | "answer"> {
  const none = { httpStatus: null };
  if (missed.length === 0) return { ok: true, ...none, error: null, retryable: false };
  const why = reason ?? "The mail server took too long for all of them.";
  if (missed.length === count) return { ok: false, ...none, error: why, retryable: true };
  return { ok: false, ...none, error: `${missed.join(", ")} did not get this mail, the others did. ${why}`, retryable: false };
}

import { randomUUID } from "node:crypto";
import { type HeldChannel, handOnChannel, holdChannel, recordAttempt, recordTaken, releaseChannel, takeMessage } from "@/db/channel-outbox";
import type { OutgoingMessage } from "@/db/outgoing-message";
import { type AttemptResult, planDelivery } from "@/domain/delivery-plan";
import type { NoteTaken } from "@/notifications/send-mails";
import { type Senders, sendMessage } from "@/notifications/send-message";
import type { WorkerObserver } from "./observer";
import { type TransactDeps, transact } from "./transact";

/** After this long a channel lets others come before it, in milliseconds. */
const TURN_MS = 30_000;

export interface SendDeps extends TransactDeps {
  senders: Senders;
  /** The address of the installation, which messages link to; without a slash at the end. */
  baseUrl: string;
  observe?: WorkerObserver;
  /** From 0 to below 1. */
  random?: () => number;
}

const UNREADABLE: AttemptResult = {
  ...{ ok: false, httpStatus: null, answer: null, retryable: false, durationMs: 0 },
  error: "The secret of this channel cannot be decrypted, so nothing was sent. Enter it again, or ask the operator for the lost key.",
};

const FAULT: AttemptResult = {
  ...{ ok: false, httpStatus: null, answer: null, retryable: true, durationMs: 0 },
  error: "A fault in Milkrun kept this from being sent. The server's log says more.",
};

/**
 * Sends what is due on a channel, one message after the other, so that a receiver that is slow holds nobody up but itself. A channel on which
 * another process sends is left alone. What goes wrong with a message is recorded with it.
 * @throws What went wrong with the channel; the queue tries again after a while.
 */
export async function sendMessages(deps: SendDeps, channelId: string, shutdown: AbortSignal): Promise<void> {
  const held: HeldChannel = { channelId, holder: randomUUID() };
  if (!(await transact(deps, (tx) => holdChannel(tx, held)))) return;
  try {
    await sendInTurn(deps, held, shutdown);
  } catch (error) {
    // Not recorded: the message is sent again, under the same id. Queued now, what fails at once would be tried without a pause.
    if (!shutdown.aborted) {
      await transact(deps, (tx) => releaseChannel(tx, held));
      throw error;
    }
  }
  await transact(deps, (tx) => handOnChannel(tx, held));
}

async function sendInTurn(deps: SendDeps, held: HeldChannel, shutdown: AbortSignal): Promise<void> {
  const startedMs = performance.now();
  while (!shutdown.aborted && performance.now() - startedMs < TURN_MS) if (!(await sendNext(deps, held, shutdown))) break;
}

/** False when nothing is due, or the channel is somebody else's by now. */
async function sendNext(deps: SendDeps, held: HeldChannel, shutdown: AbortSignal): Promise<boolean> {
  const message = await transact(deps, (tx) => takeMessage(tx, deps.db.keys, held));
  if (!message) return false;
  const result = await attempt(deps, message, shutdown, noteFor(deps, held, message));
  const { random = Math.random } = deps;
  const plan = planDelivery(result, { tries: message.tries + 1, isTest: message.isTest, random: random() });
  if (!(await transact(deps, (tx) => recordAttempt(tx, held, message, result, plan)))) return false;
  deps.observe?.messageSent(message.channel.kind, plan.kind);
  return true;
}

/** What cannot be noted now is recorded with the attempt. */
function noteFor(deps: SendDeps, held: HeldChannel, message: OutgoingMessage): NoteTaken {
  return (taken) =>
    transact(deps, (tx) => recordTaken(tx, held, message, taken)).catch((error: Error) => {
      deps.log.warn({ deliveryId: message.deliveryId, reason: error.message }, "who has got a mail could not be noted, it will be with the others");
      return true;
    });
}

/** Tries once to send a message. What goes wrong with it is the result. Rejects when `signal` is aborted. */
export async function attempt({ senders, baseUrl, log }: SendDeps, message: OutgoingMessage, signal: AbortSignal, note?: NoteTaken): Promise<AttemptResult> {
  const { secrets, organization, channel, ...sent } = message;
  if (!secrets.ok) {
    log.error({ reason: secrets.reason }, "a message cannot be sent with the secret of its channel");
    return UNREADABLE;
  }
  const { secret, oldSecret } = secrets;
  const context = { baseUrl, organization, channelName: channel.name, timeZone: channel.timeZone };
  try {
    return await sendMessage(senders, { ...sent, channel, secret, oldSecret, context }, signal, note);
  } catch (error) {
    if (signal.aborted) throw error;
    log.error({ deliveryId: message.deliveryId, err: withoutWords(error as Error) }, "a fault kept a message from being made or sent");
    return FAULT;
  }
}

/** An error for the log, which finds the places in our sources: what it says may hold a secret address. */
function withoutWords({ name, stack = "" }: Error): Error {
  return Object.assign(new Error("left out"), { name, stack: stack.match(/^ +at .*$/gm)?.join("\n") });
}

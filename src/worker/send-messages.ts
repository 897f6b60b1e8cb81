import { randomUUID } from "node:crypto";
import { type HeldChannel, holdChannel, type OutgoingMessage, recordAttempt, releaseChannel, takeMessage } from "@/db/channel-outbox";
import { type AttemptResult, planDelivery } from "@/domain/delivery-plan";
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

/**
 * Sends what is due on a channel, one message after the other, so that a receiver that is slow holds nobody up but itself. A channel on which
 * another process sends is left alone. What goes wrong with a message is recorded with it.
 */
export async function sendMessages(deps: SendDeps, channelId: string, shutdown: AbortSignal): Promise<void> {
  const held: HeldChannel = { channelId, holder: randomUUID() };
  if (!(await transact(deps, (tx) => holdChannel(tx, held)))) return;
  const startedMs = performance.now();
  try {
    while (!shutdown.aborted && performance.now() - startedMs < TURN_MS) if (!(await sendNext(deps, held, shutdown))) break;
  } catch (error) {
    // Not recorded: the message is sent again, under the same id.
    if (!shutdown.aborted) throw error;
  } finally {
    await transact(deps, (tx) => releaseChannel(tx, held));
  }
}

/** False when nothing is due, or the channel is somebody else's by now. */
async function sendNext(deps: SendDeps, held: HeldChannel, shutdown: AbortSignal): Promise<boolean> {
  const message = await transact(deps, (tx) => takeMessage(tx, deps.db.keys, held));
  if (!message) return false;
  const result = await attempt(deps, message, shutdown);
  const { random = Math.random } = deps;
  const plan = planDelivery(result, { tries: message.tries + 1, isTest: message.isTest, random: random() });
  if (!(await transact(deps, (tx) => recordAttempt(tx, held, message, result, plan)))) return false;
  deps.observe?.messageSent(message.channel.kind, plan.kind);
  return true;
}

function attempt({ senders, baseUrl, log }: SendDeps, message: OutgoingMessage, signal: AbortSignal): Promise<AttemptResult> | AttemptResult {
  const { secrets, organization, channel, ...sent } = message;
  if (!secrets.ok) {
    log.error({ reason: secrets.reason }, "a message cannot be sent with the secret of its channel");
    return UNREADABLE;
  }
  const { secret, oldSecret } = secrets;
  const context = { baseUrl, organization, channelName: channel.name };
  return sendMessage(senders, { ...sent, channel, secret, oldSecret, context }, signal);
}

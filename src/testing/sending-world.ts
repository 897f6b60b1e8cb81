import { createMessagePoster, type PostMessage } from "@/collectors/post-message";
import type { Mailer } from "@/domain/mail";
import type { Logger } from "@/log/logger";
import type { Post } from "@/notifications/send-message";
import { sendMessages } from "@/worker/send-messages";
import { type ApiWorld, createApiWorld } from "./api-world";
import { createNotifying, type Notifying } from "./notifying";
import { type Receiver, startReceiver } from "./receiver";
import { silentLog } from "./silent-log";

/** Where links of the messages lead. */
export const MESSAGES_OF = "https://milkrun.example";

/** An API, a receiver of what is sent, and the way out to it. */
export interface SendingWorld {
  world: ApiWorld;
  receiver: Receiver;
  post: PostMessage;
  /** Sends what is due on the channel, as a worker does. */
  send(channelId: string, options?: SendOptions): Promise<void>;
  /** An organization whose failed runs are told of on this channel; unless it says otherwise, a webhook of the receiver. */
  withChannel(definition?: ChannelDefinition): ReturnType<typeof createChannel>;
  close(): Promise<void>;
}

interface SendOptions {
  post?: Post;
  mailer?: Mailer | null;
  shutdown?: AbortSignal;
  log?: Logger;
}

type ChannelDefinition = Parameters<Notifying["channel"]>[0];

export async function createSendingWorld(): Promise<SendingWorld> {
  const [world, receiver] = [await createApiWorld(), await startReceiver()];
  const poster = createMessagePoster({ policy: receiver.policy, userAgent: "Milkrun" });
  return {
    ...{ world, receiver, post: poster.postMessage },
    send(channelId, { post = poster.postMessage, mailer = null, shutdown = new AbortController().signal, log = silentLog } = {}) {
      return sendMessages({ db: world.db, log, senders: { post, mailer }, baseUrl: MESSAGES_OF, random: () => 0 }, channelId, shutdown);
    },
    withChannel: (definition = {}) => createChannel(world, { address: receiver.url, ...definition }),
    async close() {
      await poster.close();
      await receiver.close();
      await world.close();
    },
  };
}

async function createChannel(world: ApiWorld, definition: ChannelDefinition) {
  const notifying = await createNotifying(world);
  const channel = await notifying.channel(definition);
  await notifying.rule({ event: "run_failed", recovery: false, channelIds: [channel.id] });
  const fail = async () => {
    await notifying.end("failed");
    await notifying.judge();
  };
  const deliveries = async () => (await notifying.owner.notification.deliveries({ channelId: channel.id })).deliveries;
  return { ...notifying, channelId: channel.id, secret: channel.secret, fail, deliveries };
}

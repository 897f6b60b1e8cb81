import { createMessagePoster, type PostMessage } from "@/collectors/post-message";
import { type ApiWorld, createApiWorld } from "./api-world";
import { type Receiver, startReceiver } from "./receiver";

/** An API, a receiver of what is sent, and the way out to it. */
export interface SendingWorld {
  world: ApiWorld;
  receiver: Receiver;
  post: PostMessage;
  close(): Promise<void>;
}

export async function createSendingWorld(): Promise<SendingWorld> {
  const [world, receiver] = [await createApiWorld(), await startReceiver()];
  const poster = createMessagePoster({ policy: receiver.policy, userAgent: "Milkrun" });
  return {
    ...{ world, receiver, post: poster.postMessage },
    async close() {
      await poster.close();
      await receiver.close();
      await world.close();
    },
  };
}

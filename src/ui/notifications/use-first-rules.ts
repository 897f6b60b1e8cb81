"use client";
import { useMutation } from "@tanstack/react-query";
import type { Channel } from "@/domain/notification-channel";
import { notify } from "@/ui/display/notify";
import { useOneClick } from "@/ui/display/use-one-click";
import { useTRPCClient } from "@/ui/trpc/client";
import { useRefreshNotifications } from "./use-notifications";

const EVENTS = ["run_failed", "slot_missed"] as const;

interface Reader {
  email: string;
  timeZone: string;
}

/** Makes the proposed rules on a channel; where there is none, on a new one that mails the reader. */
export function useFirstRules() {
  const client = useTRPCClient();
  const refresh = useRefreshNotifications();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async ({ channel, reader }: { channel: Channel | null; reader: Reader }) => {
      const { id, name } = channel ?? (await mailChannel(reader));
      for (const event of EVENTS) await client.notification.createRule.mutate({ event, channelIds: [id] });
      return name;
    },
    onSuccess: (name) => notify({ message: `“${name}” is told when a run fails or a slot is missed.` }),
    // Where it failed half-way, what was made shows.
    onSettled: refresh,
  });

  async function mailChannel({ email, timeZone }: Reader) {
    const issued = await client.notification.createChannel.mutate({ kind: "email", name: `Mail to ${email}`, recipients: [email], timeZone });
    return issued.channel;
  }

  const once = useOneClick(isPending);
  return { start: (channel: Channel | null, reader: Reader) => once(() => mutate({ channel, reader })), isPending, error };
}

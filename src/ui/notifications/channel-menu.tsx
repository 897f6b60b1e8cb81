"use client";
import { Menu } from "@mantine/core";
import { IconListDetails, IconPencil, IconPlayerPause, IconPlayerPlay, IconRefresh, IconTrash } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { Channel } from "@/domain/notification-channel";
import { ActionsMenu } from "@/ui/display/actions-menu";
import { loadPart } from "@/ui/display/load-part";
import { useEver } from "@/ui/display/use-ever";
import { AppLink } from "@/ui/shell/app-link";
import { DeleteChannelDialog } from "./delete-channel-dialog";
import { deliveryViewHref } from "./delivery-filter";
import { RotateSecretDialog } from "./rotate-secret-dialog";
import { useTurnChannel } from "./use-turn-channel";

const EditChannelDialog = dynamic(() => loadPart(() => import("./edit-channel-dialog").then((module) => module.EditChannelDialog)), { ssr: false });

interface ChannelMenuProps {
  channel: Channel;
  sendsMail: boolean;
  timeZone: string;
}

/** What can be done with a channel besides testing it. */
export function ChannelMenu({ channel, sendsMail, timeZone }: ChannelMenuProps) {
  const [asking, setAsking] = useState<"edit" | "rotate" | "delete" | null>(null);
  const hasEdited = useEver(asking === "edit");
  const { turn, isPending } = useTurnChannel(channel);
  const close = () => setAsking(null);
  const [TurnIcon, turnLabel] = channel.enabled ? [IconPlayerPause, "Turn off"] : [IconPlayerPlay, "Turn on"];
  return (
    <>
      <ActionsMenu position="bottom-start" label={`Actions for ${channel.name}`} loading={isPending}>
        <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setAsking("edit")}>
          Edit…
        </Menu.Item>
        <Menu.Item component={AppLink} href={deliveryViewHref({ channelId: channel.id })} leftSection={<IconListDetails size={16} aria-hidden />}>
          Show its messages
        </Menu.Item>
        {channel.kind === "webhook" && (
          <Menu.Item leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => setAsking("rotate")}>
            Rotate secret…
          </Menu.Item>
        )}
        <Menu.Item leftSection={<TurnIcon size={16} aria-hidden />} onClick={turn}>
          {turnLabel}
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setAsking("delete")}>
          Delete…
        </Menu.Item>
      </ActionsMenu>
      {hasEdited && <EditChannelDialog opened={asking === "edit"} onClose={close} channel={channel} sendsMail={sendsMail} timeZone={timeZone} />}
      <RotateSecretDialog opened={asking === "rotate"} onClose={close} channel={channel} />
      <DeleteChannelDialog opened={asking === "delete"} onClose={close} channel={channel} />
    </>
  );
}

"use client";
import { Group, Select } from "@mantine/core";
import type { Channel } from "@/domain/notification-channel";
import type { DeliveryStatus } from "@/domain/notification-delivery";
import type { DeliveryView } from "./delivery-filter";
import { DELIVERY_STATUS_OPTIONS } from "./delivery-words";

interface DeliveryFilterBarProps {
  view: DeliveryView;
  channels: readonly Channel[];
  onChange: (view: DeliveryView) => void;
}

/** Channel and status. */
export function DeliveryFilterBar({ view, channels, onChange }: DeliveryFilterBarProps) {
  const change = ({ channelId = view.channelId ?? null, status = view.status ?? null }: { channelId?: string | null; status?: DeliveryStatus | null }) =>
    onChange({ ...(channelId && { channelId }), ...(status && { status }) });
  return (
    <Group align="flex-end" role="search" aria-label="Filter messages">
      <Select
        label="Channel"
        placeholder="All channels"
        data={channels.map(({ id, name }) => ({ value: id, label: name }))}
        value={view.channelId ?? null}
        onChange={(channelId) => change({ channelId })}
        searchable
        clearable
        nothingFoundMessage="No channel has this name."
        clearButtonProps={{ "aria-label": "Show all channels" }}
        w={{ base: "100%", xs: 260 }}
      />
      <Select
        label="Status"
        placeholder="Any status"
        data={DELIVERY_STATUS_OPTIONS}
        value={view.status ?? null}
        onChange={(status) => change({ status: status as DeliveryStatus | null })}
        clearable
        clearButtonProps={{ "aria-label": "Show any status" }}
        w={{ base: "100%", xs: 180 }}
      />
    </Group>
  );
}

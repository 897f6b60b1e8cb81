"use client";
import { Group, Select } from "@mantine/core";
import type { NoticeType } from "@/domain/notice";
import type { Channel } from "@/domain/notification-channel";
import type { DeliveryStatus } from "@/domain/notification-delivery";
import type { DeliveryView } from "./delivery-filter";
import { DELIVERY_STATUS_OPTIONS } from "./delivery-words";
import { NOTICE_OPTIONS } from "./rule-words";

interface DeliveryFilterBarProps {
  view: DeliveryView;
  channels: readonly Channel[];
  onChange: (view: DeliveryView) => void;
}

/** Channel, status, and what a message tells of. */
export function DeliveryFilterBar({ view, channels, onChange }: DeliveryFilterBarProps) {
  const change = (changed: { [Key in keyof DeliveryView]: DeliveryView[Key] | null }) =>
    onChange(Object.fromEntries(Object.entries({ ...view, ...changed }).filter(([, value]) => value !== null)));
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
      <Select
        label="Event"
        placeholder="Any event"
        data={NOTICE_OPTIONS}
        value={view.type ?? null}
        onChange={(type) => change({ type: type as NoticeType | null })}
        searchable
        clearable
        nothingFoundMessage="No event is called this."
        clearButtonProps={{ "aria-label": "Show any event" }}
        maxDropdownHeight={360}
        w={{ base: "100%", xs: 300 }}
      />
    </Group>
  );
}

"use client";
import type { MantineSize } from "@mantine/core";
import { IconWorld } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { timeZoneCity } from "@/domain/time-zone";
import { CHEVRON, RestingField } from "@/ui/display/resting-field";

export interface TimeZoneSelectProps {
  id?: string;
  /** As the inputs around it; `md` unless told. */
  size?: MantineSize;
  /** An IANA id, or "" while none is picked. */
  value: string;
  onChange: (id: string) => void;
  error?: ReactNode;
  description?: ReactNode;
  /** Offered first, before the reader's own and UTC. */
  organizationZone?: string;
}

/** How the field looks, whether or not its list is there. */
export const TIME_ZONE_LOOK = {
  label: "Time zone",
  placeholder: "Search a city, country or offset",
  leftSection: <IconWorld size={18} stroke={1.7} aria-hidden />,
  rightSection: CHEVRON,
} as const;

/** "Berlin — Europe/Berlin". */
export function timeZoneLabel(id: string): string {
  const city = timeZoneCity(id);
  return city === id ? id : `${city} — ${id}`;
}

/** A time zone's field before its list is there. It can be typed into, and what stands there is a name, not a search: typing replaces it. */
export function RestingTimeZone({ id, size = "md", value, error, description }: TimeZoneSelectProps) {
  return (
    <RestingField
      {...TIME_ZONE_LOOK}
      id={id}
      size={size}
      description={description}
      error={error}
      text={value === "" ? "" : timeZoneLabel(value)}
      onFocus={(event) => event.currentTarget.select()}
    />
  );
}

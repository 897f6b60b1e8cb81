"use client";
import { Text, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { resolveTimeZone, timeZoneName } from "@/domain/time-zone";
import { useNow } from "@/ui/time/now";
import { usePreferences } from "@/ui/time/preferences";
import { WarmTimeZoneSelect } from "@/ui/time/warm-time-zone-select";
import { formatClock } from "@/ui/time/zoned-time";

const MINUTE_MS = 60_000;

interface OrganizationFieldsProps {
  name: string;
  timeZone: string;
  errors: { name: ReactNode; timeZone: ReactNode };
  onName: (name: string) => void;
  onTimeZone: (timeZone: string) => void;
}

/** An organization's name and the zone that its times are meant in. */
export function OrganizationFields({ name, timeZone, errors, onName, onTimeZone }: OrganizationFieldsProps) {
  const now = useNow(MINUTE_MS);
  const { clockStyle } = usePreferences();
  const isZone = resolveTimeZone(timeZone).ok;
  return (
    <>
      <TextInput
        label="Organization"
        name="organization"
        autoComplete="organization"
        size="md"
        value={name}
        error={errors.name}
        onChange={(event) => onName(event.currentTarget.value)}
      />
      <WarmTimeZoneSelect value={timeZone} error={errors.timeZone} onChange={onTimeZone} />
      {isZone && (
        <Text size="sm">
          Times are meant in {timeZoneName(timeZone)}, where it is {formatClock(now, timeZone, clockStyle)} now. Pick another zone if your team goes by another
          clock.
        </Text>
      )}
    </>
  );
}

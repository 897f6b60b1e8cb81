"use client";
import { Text, TextInput } from "@mantine/core";
import { resolveTimeZone, timeZoneName } from "@/domain/time-zone";
import { useNow } from "@/ui/time/now";
import { TimeZoneSelect } from "@/ui/time/time-zone-select";
import { formatClock } from "@/ui/time/zoned-time";
import type { SetupStepProps } from "./account-step";

const MINUTE_MS = 60_000;

/** The organization and the zone that its times are meant in. The zone is the browser's until the person says otherwise. */
export function OrganizationStep({ draft, errors, change }: SetupStepProps) {
  const now = useNow(MINUTE_MS);
  const isZone = resolveTimeZone(draft.timeZone).ok;
  return (
    <>
      <TextInput
        label="Organization"
        name="organization"
        autoComplete="organization"
        size="md"
        value={draft.organizationName}
        error={errors.organizationName}
        onChange={(event) => change({ organizationName: event.currentTarget.value })}
      />
      <TimeZoneSelect value={draft.timeZone} error={errors.timeZone} onChange={(timeZone) => change({ timeZone })} />
      {isZone && (
        <Text size="sm">
          Times are meant in {timeZoneName(draft.timeZone)}, where it is {formatClock(now, draft.timeZone)} now. Pick another zone if your team goes by another
          clock.
        </Text>
      )}
    </>
  );
}

"use client";
import { Checkbox } from "@mantine/core";
import { OrganizationFields } from "@/ui/organization/organization-fields";
import type { SetupStepProps } from "./account-step";

/**
 * The organization and the zone that its times are meant in, which is the browser's until the person says otherwise; and sources that
 * work at once.
 */
export function OrganizationStep({ draft, errors, change }: SetupStepProps) {
  return (
    <>
      <OrganizationFields
        name={draft.organizationName}
        timeZone={draft.timeZone}
        errors={{ name: errors.organizationName, timeZone: errors.timeZone }}
        onName={(organizationName) => change({ organizationName })}
        onTimeZone={(timeZone) => change({ timeZone })}
      />
      <Checkbox
        size="md"
        label="Start with the sample preset"
        description="A few sources that Milkrun serves itself, so that you can watch a whole run without the internet. You can delete them at any time."
        checked={draft.samples}
        onChange={(event) => change({ samples: event.currentTarget.checked })}
      />
    </>
  );
}

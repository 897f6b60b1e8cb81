import { OrganizationFields } from "@/ui/organization/organization-fields";
import type { SetupStepProps } from "./account-step";

/** The organization and the zone that its times are meant in. The zone is the browser's until the person says otherwise. */
export function OrganizationStep({ draft, errors, change }: SetupStepProps) {
  return (
    <OrganizationFields
      name={draft.organizationName}
      timeZone={draft.timeZone}
      errors={{ name: errors.organizationName, timeZone: errors.timeZone }}
      onName={(organizationName) => change({ organizationName })}
      onTimeZone={(timeZone) => change({ timeZone })}
    />
  );
}

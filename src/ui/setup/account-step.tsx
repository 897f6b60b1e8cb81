import { PasswordInput, TextInput } from "@mantine/core";
import { MINIMUM_PASSWORD_LENGTH } from "@/domain/setup";
import type { SetupDraft, SetupErrors } from "./setup-draft";

export interface SetupStepProps {
  draft: SetupDraft;
  errors: SetupErrors;
  change: (part: Partial<SetupDraft>) => void;
}

/** The first account. */
export function AccountStep({ draft, errors, change }: SetupStepProps) {
  return (
    <>
      <TextInput
        label="Your name"
        name="name"
        autoComplete="name"
        size="md"
        value={draft.name}
        error={errors.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <TextInput
        label="Email"
        name="email"
        type="email"
        autoComplete="username"
        size="md"
        value={draft.email}
        error={errors.email}
        onChange={(event) => change({ email: event.currentTarget.value })}
      />
      <PasswordInput
        label="Password"
        description={`At least ${MINIMUM_PASSWORD_LENGTH} characters.`}
        name="password"
        autoComplete="new-password"
        size="md"
        visibilityToggleButtonProps={{ "aria-label": "Show or hide what is typed" }}
        value={draft.password}
        error={errors.password}
        onChange={(event) => change({ password: event.currentTarget.value })}
      />
    </>
  );
}

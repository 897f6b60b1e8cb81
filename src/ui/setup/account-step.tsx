import { TextInput } from "@mantine/core";
import { NewPasswordInput } from "@/ui/session/new-password-input";
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
      <NewPasswordInput value={draft.password} error={errors.password} onChange={(event) => change({ password: event.currentTarget.value })} />
    </>
  );
}

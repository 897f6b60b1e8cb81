"use client";
import { Button, Group, PasswordInput, Stack } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { passwordChangeSchema } from "@/domain/account";
import { MINIMUM_PASSWORD_LENGTH } from "@/domain/setup";
import { notify } from "@/ui/display/notify";
import { useOneClick } from "@/ui/display/use-one-click";
import { fieldErrorsOf, formErrorsOf } from "@/ui/error-message";
import { ErrorState } from "@/ui/states/error-state";
import { StillHere } from "@/ui/states/still-here";
import { useTRPC } from "@/ui/trpc/client";
import { endedWords } from "./ended-words";

const EYE = { visibilityToggleButtonProps: { "aria-label": "Show or hide what is typed" } };

/** Another password for the one that one has. */
export function PasswordForm({ email }: { email: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const form = useForm({
    initialValues: { currentPassword: "", newPassword: "" },
    validate: schemaResolver(passwordChangeSchema, { sync: true }),
  });
  const focusFirst = (errors: object) => form.getInputNode(Object.keys(errors)[0] ?? "")?.focus();
  const change = useMutation(
    trpc.account.changePassword.mutationOptions({
      onError: (error) => {
        form.setErrors(formErrorsOf(error));
        focusFirst(formErrorsOf(error));
      },
      onSuccess: ({ endedSessions }) => {
        form.reset();
        void queryClient.invalidateQueries(trpc.account.sessions.queryFilter());
        notify({ title: "Changed your password", message: endedWords(endedSessions) });
      },
    }),
  );
  const once = useOneClick(change.isPending);
  const failure = change.isError && fieldErrorsOf(change.error).length === 0 ? change.error : null;
  return (
    <form noValidate onSubmit={form.onSubmit((values) => once(() => change.mutate(values)), focusFirst)}>
      <Stack>
        {/* Tells a password manager whose password this is. */}
        <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput label="Current password" autoComplete="current-password" {...EYE} {...form.getInputProps("currentPassword")} />
        <PasswordInput
          label="New password"
          description={`At least ${MINIMUM_PASSWORD_LENGTH} characters. You stay signed in here, and are signed out everywhere else.`}
          autoComplete="new-password"
          {...EYE}
          {...form.getInputProps("newPassword")}
        />
        {failure !== null && (
          <ErrorState title="Your password was not changed" error={failure} effect={<StillHere error={failure}>What you typed is still here.</StillHere>} />
        )}
        <Group>
          <Button type="submit" variant="default" loading={change.isPending}>
            Change password
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

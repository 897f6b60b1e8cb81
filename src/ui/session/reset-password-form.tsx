"use client";
import { Alert, Anchor, Button, PasswordInput, Stack } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { passwordResetSchema } from "@/domain/account";
import { MINIMUM_PASSWORD_LENGTH } from "@/domain/setup";
import { appErrorOf, errorMessage, formErrorsOf } from "@/ui/error-message";
import { useTRPC } from "@/ui/trpc/client";
import { SignInLink } from "./sign-in-link";

/** A new password, by the link's token. */
export function ResetPasswordForm({ token }: { token: string }) {
  const form = useForm({ initialValues: { password: "" }, validate: schemaResolver(passwordResetSchema.pick({ password: true }), { sync: true }) });
  const reset = useMutation(useTRPC().account.reset.mutationOptions({ onError: (error) => form.setErrors(formErrorsOf(error)) }));
  if (reset.isSuccess) {
    return (
      <>
        <Alert mt="lg" color="green" role="status" title="Your password is changed" icon={<IconCircleCheck aria-hidden />}>
          You were signed out everywhere. Sign in with your new password.
        </Alert>
        <SignInLink />
      </>
    );
  }
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values) => reset.mutate({ token, ...values }),
        () => form.getInputNode("password")?.focus(),
      )}
    >
      <Stack mt="lg">
        {reset.isError && (
          <Alert color="red" role="alert" title="Your password is unchanged" icon={<IconAlertTriangle aria-hidden />}>
            {errorMessage(reset.error)} {appErrorOf(reset.error)?.code === "gone" && <Anchor href="/forgot-password">Ask for a new link</Anchor>}
          </Alert>
        )}
        <PasswordInput
          label="New password"
          description={`At least ${MINIMUM_PASSWORD_LENGTH} characters.`}
          autoComplete="new-password"
          size="md"
          visibilityToggleButtonProps={{ "aria-label": "Show or hide what is typed" }}
          {...form.getInputProps("password")}
        />
        <Button type="submit" size="md" fullWidth loading={reset.isPending}>
          Change password
        </Button>
      </Stack>
      <SignInLink />
    </form>
  );
}

"use client";
import { Alert, Button, Stack, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { IconMail } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { resetRequestSchema } from "@/domain/account";
import { ErrorState } from "@/ui/states/error-state";
import { useTRPC } from "@/ui/trpc/client";
import { SignInLink } from "./sign-in-link";

/** Asks for a reset link by mail. The answer is the same whether or not somebody has this address. */
export function ForgotPasswordForm() {
  const form = useForm({ initialValues: { email: "" }, validate: schemaResolver(resetRequestSchema, { sync: true }) });
  const request = useMutation(useTRPC().account.requestReset.mutationOptions());
  if (request.isSuccess) {
    return (
      <>
        <Alert mt="lg" color="blue" role="status" title="Look into your mail" icon={<IconMail aria-hidden />}>
          If {request.variables.email.trim()} has an account here, a link is on its way. It works once, for 30 minutes.
        </Alert>
        <SignInLink />
      </>
    );
  }
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values) => request.mutate(values),
        () => form.getInputNode("email")?.focus(),
      )}
    >
      <Stack mt="lg">
        {request.isError && <ErrorState title="No mail was sent" error={request.error} />}
        <TextInput label="Email" type="email" autoComplete="username" size="md" {...form.getInputProps("email")} />
        <Button type="submit" size="md" fullWidth loading={request.isPending}>
          Send link
        </Button>
      </Stack>
      <SignInLink />
    </form>
  );
}

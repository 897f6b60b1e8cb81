"use client";
import { Button, Stack, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type NewAccount, newAccountSchema } from "@/domain/invitation";
import { NewPasswordInput } from "@/ui/session/new-password-input";
import { signIn } from "@/ui/session/session-client";
import { ErrorState } from "@/ui/states/error-state";
import { useTRPC } from "@/ui/trpc/client";

interface NewAccountFormProps {
  token: string;
  /** The invited address; nobody else can use the link. */
  email: string;
}

/** Makes the account of an invited person, signs them in and goes to the schedule. */
export function NewAccountForm({ token, email }: NewAccountFormProps) {
  const [isLeaving, setLeaving] = useState(false);
  const form = useForm<NewAccount>({ initialValues: { name: "", password: "" }, validate: schemaResolver(newAccountSchema, { sync: true }) });
  const { mutate, isPending, error } = useMutation(
    useTRPC().invitation.accept.mutationOptions({
      onSuccess: async () => {
        setLeaving(true);
        const outcome = await signIn(email, form.values.password);
        window.location.assign(outcome.ok ? "/schedule" : "/sign-in");
      },
    }),
  );
  const submit = form.onSubmit(
    (account) => mutate({ token, account }),
    (errors) => form.getInputNode(Object.keys(errors)[0] ?? "")?.focus(),
  );
  return (
    <form noValidate onSubmit={submit}>
      <Stack>
        {error && <ErrorState title="You have not joined" error={error} />}
        <TextInput label="Email" name="email" type="email" autoComplete="username" size="md" value={email} readOnly />
        <TextInput label="Your name" name="name" autoComplete="name" size="md" {...form.getInputProps("name")} />
        <NewPasswordInput {...form.getInputProps("password")} />
        <Button type="submit" size="md" loading={isPending || isLeaving}>
          Create account and join
        </Button>
      </Stack>
    </form>
  );
}

"use client";
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { type InvitationDefinition, invitationDefinitionSchema } from "@/domain/invitation";
import { grantableRoles, type Role } from "@/domain/roles";
import { fieldErrorsOf, formErrorsOf } from "@/ui/error-message";
import { ErrorState } from "@/ui/states/error-state";
import { useTRPC } from "@/ui/trpc/client";
import { IssuedLink } from "./issued-link";
import { RoleField } from "./role-field";
import { useRefreshMembers } from "./use-members";

interface InviteFormProps {
  /** The inviter's: nobody gives more than they have. */
  role: Role;
  onDone: () => void;
}

/** Whom to invite and as what; then how the link reaches them. */
export function InviteForm({ role, onDone }: InviteFormProps) {
  const refresh = useRefreshMembers();
  const form = useForm<InvitationDefinition>({
    initialValues: { email: "", role: "viewer" },
    validate: schemaResolver(invitationDefinitionSchema, { sync: true }),
  });
  const { mutate, isPending, error, data } = useMutation(
    useTRPC().member.invite.mutationOptions({
      onSuccess: () => refresh(),
      onError: (refusal) => {
        form.setErrors(formErrorsOf(refusal));
        form.getInputNode("email")?.focus();
      },
    }),
  );
  if (data) return <IssuedLink issued={data} onDone={onDone} />;
  const submit = form.onSubmit(
    (definition) => mutate(definition),
    () => form.getInputNode("email")?.focus(),
  );
  return (
    <form noValidate onSubmit={submit}>
      <Stack>
        <TextInput
          label="Email"
          description="The invitation is for this address alone."
          type="email"
          autoComplete="off"
          size="md"
          data-autofocus
          {...form.getInputProps("email")}
        />
        <RoleField roles={grantableRoles(role)} value={form.values.role} onChange={(chosen) => form.setFieldValue("role", chosen)} error={form.errors.role} />
        {error && fieldErrorsOf(error).length === 0 && <ErrorState title="Nobody was invited" error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={isPending}>
            Invite
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

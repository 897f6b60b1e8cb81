"use client";
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { type InvitationDefinition, type IssuedInvitation, invitationDefinitionSchema } from "@/domain/invitation";
import { grantableRoles, type Role } from "@/domain/roles";
import { useOneClick } from "@/ui/display/use-one-click";
import { fieldErrorsOf, formErrorsOf } from "@/ui/error-message";
import { ErrorState } from "@/ui/states/error-state";
import { StillHere } from "@/ui/states/still-here";
import { useTRPC } from "@/ui/trpc/client";
import { RoleField } from "./role-field";
import { useRefreshMembers } from "./use-members";

interface InviteFormProps {
  /** The inviter's: nobody gives more than they have. */
  role: Role;
  onIssued: (issued: IssuedInvitation) => void;
  onCancel: () => void;
}

/** Whom to invite and as what. */
export function InviteForm({ role, onIssued, onCancel }: InviteFormProps) {
  const refresh = useRefreshMembers();
  const form = useForm<InvitationDefinition>({
    initialValues: { email: "", role: "viewer" },
    validate: schemaResolver(invitationDefinitionSchema, { sync: true }),
  });
  const { mutate, isPending, error } = useMutation(
    useTRPC().member.invite.mutationOptions({
      onSuccess: (issued) => {
        onIssued(issued);
        void refresh();
      },
      onError: (refusal) => {
        form.setErrors(formErrorsOf(refusal));
        form.getInputNode("email")?.focus();
      },
    }),
  );
  const once = useOneClick(isPending);
  const submit = form.onSubmit(
    (definition) => once(() => mutate(definition)),
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
        {error && fieldErrorsOf(error).length === 0 && (
          <ErrorState title="Nobody was invited" error={error} effect={<StillHere error={error}>What you typed is still here.</StillHere>} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
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

"use client";
import { Alert, Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { grantableRoles } from "@/domain/roles";
import { notify } from "@/ui/display/notify";
import { errorMessage } from "@/ui/error-message";
import { useTRPC } from "@/ui/trpc/client";
import type { MemberDialogProps } from "./remove-member-dialog";
import { RoleField } from "./role-field";
import { roleName } from "./role-words";
import { type Me, useRefreshMembers } from "./use-members";

/** Gives a member another role. Who changes their own types the organization's name, as the way back may need somebody else. */
export function ChangeRoleDialog({ opened, onClose, ...people }: MemberDialogProps & { me: Me }) {
  return (
    <Modal opened={opened} onClose={onClose} title={`Change the role of ${people.member.name}`} centered closeOnClickOutside={false}>
      <RoleForm onClose={onClose} {...people} />
    </Modal>
  );
}

function RoleForm({ onClose, member, me }: Omit<MemberDialogProps, "opened"> & { me: Me }) {
  const refresh = useRefreshMembers();
  const [role, setRole] = useState(member.role);
  const [typedName, setTypedName] = useState("");
  const { mutate, isPending, error } = useMutation(
    useTRPC().member.changeRole.mutationOptions({
      onSuccess: async (_, change) => {
        onClose();
        await refresh();
        notify({ message: `${member.name} is ${roleName(change.role).toLowerCase()} now.` });
      },
    }),
  );
  const isMe = member.userId === me.user.id;
  const isConfirmed = !isMe || typedName.trim() === me.organization.name;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (role && isConfirmed) mutate({ memberId: member.id, role });
  }

  return (
    <form onSubmit={submit}>
      <Stack>
        <RoleField roles={grantableRoles(me.role)} value={role} onChange={setRole} />
        {isMe && (
          <TextInput
            label={`Type “${me.organization.name}” to confirm`}
            description="This is your own role: you may not be able to take it back yourself."
            autoComplete="off"
            value={typedName}
            onChange={(event) => setTypedName(event.currentTarget.value)}
          />
        )}
        {error && (
          <Alert color="red" title="The role was not changed" role="alert">
            {errorMessage(error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isPending} disabled={!role || role === member.role || !isConfirmed}>
            Change role
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

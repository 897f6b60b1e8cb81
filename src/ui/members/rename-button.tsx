"use client";
import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { IconPencil } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type OrganizationName, organizationRenameSchema } from "@/domain/organization";
import { notify } from "@/ui/display/notify";
import { fieldErrorsOf, formErrorsOf } from "@/ui/error-message";
import { ErrorState } from "@/ui/states/error-state";
import { StillHere } from "@/ui/states/still-here";
import { useTRPC } from "@/ui/trpc/client";
import { useRefreshMembers } from "./use-members";

/** "Rename organization", with its dialog. */
export function RenameButton({ name }: { name: string }) {
  const [opened, dialog] = useDisclosure(false);
  return (
    <>
      <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={dialog.open}>
        Rename organization
      </Button>
      <Modal opened={opened} onClose={dialog.close} title="Rename the organization" centered closeOnClickOutside={false}>
        <RenameForm name={name} onDone={dialog.close} />
      </Modal>
    </>
  );
}

function RenameForm({ name, onDone }: { name: string; onDone: () => void }) {
  const refresh = useRefreshMembers();
  const form = useForm<OrganizationName>({ initialValues: { name }, validate: schemaResolver(organizationRenameSchema, { sync: true }) });
  const { mutate, isPending, error } = useMutation(
    useTRPC().organization.rename.mutationOptions({
      onSuccess: async (renamed) => {
        await refresh();
        onDone();
        notify({ message: `The organization is called “${renamed.name}” now.` });
      },
      onError: (refusal) => form.setErrors(formErrorsOf(refusal)),
    }),
  );
  return (
    <form noValidate onSubmit={form.onSubmit((values) => mutate(values))}>
      <Stack>
        <TextInput label="Name" size="md" data-autofocus {...form.getInputProps("name")} />
        {error && fieldErrorsOf(error).length === 0 && (
          <ErrorState title="The name was not changed" error={error} effect={<StillHere error={error}>What you typed is still here.</StillHere>} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={isPending}>
            Rename
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

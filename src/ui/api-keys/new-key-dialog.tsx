"use client";
import { Alert, Button, Checkbox, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { DEFAULT_KEY_LIFETIME, type IssuedApiKey, KEY_SCOPES, type NewApiKey, newApiKeySchema } from "@/domain/api-key";
import { useOneClick } from "@/ui/display/use-one-click";
import { fieldErrorsOf, formErrorsOf } from "@/ui/error-message";
import { ErrorState } from "@/ui/states/error-state";
import { StillHere } from "@/ui/states/still-here";
import { useTRPC } from "@/ui/trpc/client";
import { LIFETIME_OPTIONS, lifetimeOf, lifetimeOption, SCOPE_WORDS } from "./api-key-words";

interface NewKeyDialogProps {
  opened: boolean;
  onClose: () => void;
  onIssued: (issued: IssuedApiKey) => void;
}

/** Asks what the key is for, what it may do and until when. */
export function NewKeyDialog({ opened, onClose, onIssued }: NewKeyDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Create an API key" centered closeOnClickOutside={false}>
      <NewKeyForm onClose={onClose} onIssued={onIssued} />
    </Modal>
  );
}

function NewKeyForm({ onClose, onIssued }: Omit<NewKeyDialogProps, "opened">) {
  const trpc = useTRPC();
  const form = useForm<NewApiKey>({
    initialValues: { name: "", scopes: ["read"], expiresInDays: DEFAULT_KEY_LIFETIME },
    validate: schemaResolver(newApiKeySchema, { sync: true }),
  });
  const { mutate, isPending, isSuccess, error } = useMutation(
    trpc.apiKey.create.mutationOptions({
      onSuccess: onIssued,
      onError: (refusal) => form.setErrors(formErrorsOf(refusal)),
      // Nothing keeps the key but the dialog that shows it.
      gcTime: 0,
    }),
  );
  // Once it is made, the form gives way to what shows it.
  const once = useOneClick(isPending || isSuccess);
  const submit = form.onSubmit(
    (values) => once(() => mutate(values)),
    (errors) => form.getInputNode(Object.keys(errors)[0] ?? "")?.focus(),
  );
  return (
    <form noValidate onSubmit={submit}>
      <Stack>
        <TextInput
          label="Name"
          description="What uses it, so that you know later what stops when you revoke it."
          withAsterisk
          data-autofocus
          {...form.getInputProps("name")}
        />
        <Checkbox.Group label="It may" withAsterisk {...form.getInputProps("scopes")}>
          <Stack gap="xs" mt="xs">
            {KEY_SCOPES.map((scope) => (
              <Checkbox key={scope} value={scope} {...SCOPE_WORDS[scope]} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Select
          label="Expires"
          data={LIFETIME_OPTIONS}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
          value={lifetimeOption(form.values.expiresInDays)}
          onChange={(option) => form.setFieldValue("expiresInDays", lifetimeOf(option))}
          error={form.errors.expiresInDays}
        />
        {form.values.expiresInDays === null && (
          <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title="This key works until somebody revokes it">
            If it gets into wrong hands unnoticed, nothing ends it. Better let it expire, and rotate it in time.
          </Alert>
        )}
        {error && fieldErrorsOf(error).length === 0 && (
          <ErrorState title="The key was not created" error={error} effect={<StillHere error={error}>What you typed is still here.</StillHere>} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isPending}>
            Create key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

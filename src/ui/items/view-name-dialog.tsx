"use client";
import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useOneClick } from "@/ui/display/use-one-click";
import { fieldErrorsOf } from "@/ui/error-message";

interface ViewNameDialogProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  submitLabel: string;
  initialName: string;
  /** How saving goes. */
  save: { isPending: boolean; error: unknown };
  onSave: (name: string) => void;
}

// A dialog's <header> stands outside of the page's sections and would count as a second banner of the page.
const NO_BANNER = { header: { role: "presentation" } };

/** Asks for the name of a view; what the server refuses stands at the field. */
export function ViewNameDialog({ opened, onClose, title, ...form }: ViewNameDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} centered closeOnClickOutside={false} attributes={NO_BANNER}>
      <NameForm onClose={onClose} {...form} />
    </Modal>
  );
}

function NameForm({ onClose, submitLabel, initialName, save, onSave }: Omit<ViewNameDialogProps, "opened" | "title">) {
  const [name, setName] = useState(initialName);
  const [refusal] = save.error ? fieldErrorsOf(save.error) : [];
  const once = useOneClick(save.isPending);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    once(() => onSave(name));
  };
  return (
    <form noValidate onSubmit={submit}>
      <Stack>
        <TextInput
          label="Name"
          description="Everybody in the organization sees it."
          size="md"
          data-autofocus
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={refusal?.message}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

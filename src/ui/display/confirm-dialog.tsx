"use client";
import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useOneClick } from "./use-one-click";

interface ConfirmDialogProps {
  opened: boolean;
  onClose: () => void;
  /** The question: "Stop this run?" */
  title: string;
  /** The effect. */
  children: ReactNode;
  /** Verb and noun: "Cancel run". Null where there is nothing to confirm, for what is in the way. */
  confirmLabel: string | null;
  /** What stays as it is: "Keep running". */
  cancelLabel: string;
  /** Red, unless told otherwise: for what takes something away. */
  confirmColor?: string;
  onConfirm: () => void;
  pending: boolean;
  /** Why it could not be done, in words. */
  error?: string | null;
}

// A dialog's <header> stands outside of the page's sections and would count as a second banner of the page.
const NO_BANNER = { header: { role: "presentation" } };

/** Asks before what has a wide effect or cannot be taken back. It stays open with the reason when the server refuses. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const once = useOneClick(props.pending);
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title} centered attributes={NO_BANNER}>
      <Stack>
        <Text component="div">{props.children}</Text>
        {props.error && (
          <Alert color="red" title="That did not work" role="alert">
            {props.error}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose} data-autofocus>
            {props.cancelLabel}
          </Button>
          {props.confirmLabel !== null && (
            <Button color={props.confirmColor ?? "red.9"} onClick={() => once(props.onConfirm)} loading={props.pending}>
              {props.confirmLabel}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

"use client";
import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { notify } from "./notify";
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

/**
 * Asks before what has a wide effect or cannot be taken back. It stays open with the reason when the server refuses; whoever has closed it
 * before that is told in a message.
 */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const once = useOneClick(props.pending);
  const error = useNewError(props);
  useTellUnseen(props);
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title} centered attributes={NO_BANNER}>
      <Stack>
        <Text component="div">{props.children}</Text>
        {error && (
          <Alert color="red" title="That did not work" role="alert">
            {error}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose} disabled={props.pending} data-autofocus>
            {props.cancelLabel}
          </Button>
          {props.confirmLabel !== null && (
            <Button color={props.confirmColor ?? "red.9"} onClick={() => props.opened && once(props.onConfirm)} loading={props.pending}>
              {props.confirmLabel}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

/** The error, unless it is from before the dialog was opened: that is no answer to what it asks now. */
function useNewError({ opened, error = null }: ConfirmDialogProps): string | null {
  const [old, setOld] = useState(error);
  // Once it is gone, the same one is a new one.
  const kept = opened && error !== null ? old : error;
  if (kept !== old) setOld(kept);
  return error === kept ? null : error;
}

function useTellUnseen({ opened, error, confirmLabel }: ConfirmDialogProps): void {
  const tell = useEffectEvent((message: string) => {
    if (!opened) notify({ color: "red", title: `“${confirmLabel}” did not work`, message });
  });
  useEffect(() => {
    if (error) tell(error);
  }, [error]);
}

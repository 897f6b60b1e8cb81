"use client";
import { Alert, Anchor, List } from "@mantine/core";
import type { FormErrors } from "@mantine/form";
import { IconAlertTriangle } from "@tabler/icons-react";

interface ErrorSummaryProps {
  /** Messages by form path. */
  errors: FormErrors;
  /** Moves the focus to the input at this path. */
  onGoTo: (path: string) => void;
}

/** What stands in the way of saving, each with the way to its input. */
export function ErrorSummary({ errors, onGoTo }: ErrorSummaryProps) {
  const entries = Object.entries(errors);
  if (entries.length === 0) return null;
  const title = entries.length === 1 ? "One input needs a change" : `${entries.length} inputs need a change`;
  return (
    <Alert color="red" role="alert" title={title} icon={<IconAlertTriangle aria-hidden />}>
      <List size="sm">
        {entries.map(([path, message]) => (
          <List.Item key={path}>
            <Anchor component="button" type="button" inherit underline="always" c="inherit" ta="left" mih={24} onClick={() => onGoTo(path)}>
              {message}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

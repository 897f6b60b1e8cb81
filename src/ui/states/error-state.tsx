"use client";
import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { errorMessage } from "@/ui/error-message";

interface ErrorStateProps {
  /** What failed: "Could not load the runs." */
  title: string;
  error: unknown;
  /** What still works or is unchanged. */
  effect?: ReactNode;
  retry?: () => void;
}

/** What failed, its effect, and the next step. */
export function ErrorState({ title, error, effect, retry }: ErrorStateProps) {
  return (
    <Alert color="red" title={title} icon={<IconAlertTriangle aria-hidden />}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          {errorMessage(error)} {effect}
        </Text>
        {retry && (
          <Button variant="default" size="sm" onClick={retry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

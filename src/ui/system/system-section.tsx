import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface SystemSectionProps {
  title: string;
  /** Null: it could not be read. */
  children: ReactNode | null;
}

/** A part of the System page below the tiles. */
export function SystemSection({ title, children }: SystemSectionProps) {
  return (
    <Stack component="section" gap="sm" aria-label={title}>
      <Title order={2} size="h3">
        {title}
      </Title>
      {children ?? <Text c="dimmed">Unknown: the server did not answer.</Text>}
    </Stack>
  );
}

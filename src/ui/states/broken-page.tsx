"use client";
import { Button, Stack, Text } from "@mantine/core";
import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { PageTitle } from "@/ui/shell/page-title";

interface BrokenPageProps {
  /** Under which the server's log has the details; absent for a fault in the browser. */
  errorId: string | undefined;
  /** Renders the page again. */
  reset: () => void;
}

/** A page that failed as a whole: what still works, and the way on. */
export function BrokenPage({ errorId, reset }: BrokenPageProps) {
  const router = useRouter();
  // The server's part has to be asked for again as well, or the same failure is rendered anew.
  const retry = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <Stack align="flex-start" py="xl">
      <PageTitle>This page could not be shown</PageTitle>
      <Text>Your schedule and your items are not affected. Try again; if it happens again, tell the operator.</Text>
      {errorId && (
        <Text size="sm" c="dimmed">
          Error {errorId}
        </Text>
      )}
      <Button onClick={retry}>Try again</Button>
    </Stack>
  );
}

"use client";
import { Button, Stack, Text } from "@mantine/core";
import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { saysDatabaseAway } from "@/domain/error-id";
import { PageTitle } from "@/ui/shell/page-title";

interface BrokenPageProps {
  /** Under which the server's log has the details; absent for a fault in the browser. */
  errorId: string | undefined;
  /** What the server said when it refused what the page asked for: the person is not who the page was drawn for any more. */
  refusal?: string | null;
  /** Renders the page again. */
  reset: () => void;
}

const BROKEN = {
  title: "This page could not be shown",
  message: "Your schedule and your items are not affected. Try again; if it happens again, tell the operator.",
};
const DATABASE_AWAY = {
  title: "Milkrun cannot reach its database",
  message: "Nothing can be shown or changed until it answers. What was saved stays, and missed runs are listed once it is back. Try again in a minute.",
};

/** A page that failed as a whole: what still works, and the way on. */
export function BrokenPage({ errorId, refusal = null, reset }: BrokenPageProps) {
  const router = useRouter();
  const { title, message } = errorId && saysDatabaseAway(errorId) ? DATABASE_AWAY : BROKEN;
  // The server's part has to be asked for again as well, or the same failure is rendered anew.
  const retry = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <Stack align="flex-start" py="xl">
      <PageTitle>{title}</PageTitle>
      <Text>{refusal ?? message}</Text>
      {errorId && (
        <Text size="sm" c="dimmed">
          The server's log has more under error {errorId}.
        </Text>
      )}
      {refusal === null ? <Button onClick={retry}>Try again</Button> : <Button onClick={() => window.location.reload()}>Reload page</Button>}
    </Stack>
  );
}

"use client";
import { Button, Center, Text } from "@mantine/core";
import { ErrorState } from "@/ui/states/error-state";

interface LoadOlderProps {
  query: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    isFetchNextPageError: boolean;
    error: unknown;
    fetchNextPage: () => Promise<unknown>;
  };
  /** Said when there is nothing older; null says nothing. */
  end: string | null;
}

/** The foot of a list that goes back in time page by page. */
export function LoadOlder({ query, end }: LoadOlderProps) {
  const load = () => void query.fetchNextPage();
  if (query.isFetchNextPageError)
    return <ErrorState title="Could not load older rows" error={query.error} effect="The rows above are complete." retry={load} />;
  if (query.hasNextPage) {
    return (
      <Center>
        <Button variant="default" loading={query.isFetchingNextPage} onClick={load}>
          Load older
        </Button>
      </Center>
    );
  }
  return (
    end && (
      <Text size="sm" c="dimmed" ta="center">
        {end}
      </Text>
    )
  );
}

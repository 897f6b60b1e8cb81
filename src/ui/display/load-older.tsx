"use client";
import { Button, Center, Text } from "@mantine/core";
import { ErrorState } from "@/ui/states/error-state";
import { useRefocus } from "./use-refocus";

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
  /** "Load older", unless the list goes by something else than time. */
  label?: string;
}

/** The foot of a list that goes on page by page, back in time unless told otherwise. */
export function LoadOlder({ query, end, label = "Load older" }: LoadOlderProps) {
  const button = useRefocus(query.isFetchingNextPage);
  const load = () => void query.fetchNextPage();
  if (query.isFetchNextPageError) return <ErrorState title="Could not load more rows" error={query.error} effect="The rows above are complete." retry={load} />;
  if (query.hasNextPage) {
    return (
      <Center>
        <Button ref={button} variant="default" loading={query.isFetchingNextPage} onClick={load}>
          {label}
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

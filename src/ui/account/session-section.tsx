"use client";
import { Button, Group, Text } from "@mantine/core";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { notify } from "@/ui/display/notify";
import { PageSection } from "@/ui/display/page-section";
import { ErrorState } from "@/ui/states/error-state";
import { useTRPC } from "@/ui/trpc/client";
import { endedWords } from "./ended-words";
import { SessionTable } from "./session-table";

/** Where one is signed in, and how to end it. */
export function SessionSection({ timeZone }: { timeZone: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: sessions } = useSuspenseQuery(trpc.account.sessions.queryOptions());
  const refresh = () => queryClient.invalidateQueries(trpc.account.sessions.queryFilter());
  const end = useMutation(trpc.account.endSession.mutationOptions({ onSettled: refresh }));
  const endOthers = useMutation(
    trpc.account.endOtherSessions.mutationOptions({
      onSettled: refresh,
      onSuccess: ({ endedSessions }) => notify({ title: "Ended your other sessions", message: endedWords(endedSessions) }),
    }),
  );
  const failed = [end, endOthers].find(({ isError }) => isError);
  return (
    <PageSection title="Sessions">
      <Text c="dimmed">Where you are signed in. End what you do not know, then change your password.</Text>
      {failed && <ErrorState title="The session was not ended" error={failed.error} />}
      <SessionTable sessions={sessions} timeZone={timeZone} endingId={end.isPending ? end.variables.id : null} onEnd={(id) => end.mutate({ id })} />
      {sessions.length > 1 && (
        <Group>
          <Button variant="default" loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
            End all other sessions
          </Button>
        </Group>
      )}
    </PageSection>
  );
}

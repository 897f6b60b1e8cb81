"use client";
import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconShieldX } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Source } from "@/domain/source";
import { notify } from "@/ui/display/notify";
import { errorMessage } from "@/ui/error-message";
import { useMembership } from "@/ui/session/use-membership";
import { useTRPC } from "@/ui/trpc/client";
import { collectionWords } from "./collection-words";
import { QuarantineWords } from "./quarantine-words";

interface QuarantineAlertProps {
  source: Pick<Source, "id" | "name" | "crashCount"> & { quarantinedAt: Date };
  timeZone: string;
}

/** Says that the source is in quarantine and what to do; those who may change it can lift the quarantine. */
export function QuarantineAlert({ source, timeZone }: QuarantineAlertProps) {
  const { canEdit } = useMembership();
  return (
    <Alert color="red" title="This source is in quarantine" icon={<IconShieldX aria-hidden />}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          <QuarantineWords crashCount={source.crashCount} quarantinedAt={source.quarantinedAt} timeZone={timeZone} />
          {canEdit && " Change what it collects below, or lift the quarantine to have it collected as it is."}
        </Text>
        {canEdit && <LiftQuarantineButton source={source} />}
      </Stack>
    </Alert>
  );
}

function LiftQuarantineButton({ source }: { source: Pick<Source, "id"> }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutate, isPending } = useMutation(
    trpc.source.liftQuarantine.mutationOptions({
      onSuccess: (lifted) => {
        queryClient.setQueryData(trpc.source.get.queryKey({ id: lifted.id }), (before) => before && { ...before, ...lifted });
        // What a past run can retry depends on it, too.
        for (const path of [trpc.source.list, trpc.source.page, trpc.preset.list, trpc.run]) void queryClient.invalidateQueries(path.pathFilter());
        notify({ title: "Quarantine lifted", message: collectionWords(lifted) });
      },
      onError: (error) => notify({ color: "red", title: "The quarantine was not lifted", message: errorMessage(error) }),
    }),
  );
  return (
    <Button variant="default" loading={isPending} onClick={() => mutate({ sourceId: source.id })}>
      Lift quarantine
    </Button>
  );
}

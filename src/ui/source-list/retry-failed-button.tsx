"use client";
import { Button } from "@mantine/core";
import { IconRefreshAlert } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { notify } from "@/ui/display/notify";
import { errorMessage } from "@/ui/error-message";
import { useTRPCClient } from "@/ui/trpc/client";

interface RetryFailedButtonProps {
  /** The sources that are chosen. */
  ids: readonly string[];
  /** Collects these of them. */
  onRetry: (ids: string[]) => void;
  isStarting: boolean;
}

/** Collects those of the chosen sources that fail. Others than those on the page may be chosen, so the server is asked which they are. */
export function RetryFailedButton({ ids, onRetry, isStarting }: RetryFailedButtonProps) {
  const client = useTRPCClient();
  const { mutate, isPending } = useMutation({
    mutationFn: () => client.source.ids.query({ failing: true }),
    onSuccess: (failing) => {
      const chosen = new Set(ids);
      const retried = failing.filter((id) => chosen.has(id));
      if (retried.length > 0) onRetry(retried);
      else notify({ title: "None of these sources fails", message: "Nothing was started." });
    },
    onError: (error) => notify({ color: "red", title: "The run was not started", message: errorMessage(error) }),
  });
  return (
    <Button variant="default" size="sm" leftSection={<IconRefreshAlert size={16} aria-hidden />} loading={isPending || isStarting} onClick={() => mutate()}>
      Retry failed
    </Button>
  );
}

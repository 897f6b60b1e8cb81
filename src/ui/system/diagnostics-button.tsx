"use client";
import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { systemClock } from "@/domain/clock";
import { notify } from "@/ui/display/notify";
import { saveFile } from "@/ui/display/save-file";
import { errorMessage } from "@/ui/error-message";
import { useTRPCClient } from "@/ui/trpc/client";

/** Saves what somebody who helps needs to know as a file. It holds no secrets and nothing of what people call their things. */
export function DiagnosticsButton() {
  const client = useTRPCClient();
  const { mutate, isPending } = useMutation({
    mutationFn: () => client.system.diagnostics.query(),
    onSuccess: (diagnostics) => {
      const day = systemClock.now().toISOString().slice(0, 10);
      saveFile(`milkrun-diagnostics-${day}.json`, "application/json", JSON.stringify(diagnostics, null, 2));
    },
    onError: (error) => notify({ color: "red", title: "The diagnostics were not downloaded", message: errorMessage(error) }),
  });
  return (
    <Button variant="default" size="sm" leftSection={<IconDownload size={16} aria-hidden />} loading={isPending} onClick={() => mutate()}>
      Download diagnostics
    </Button>
  );
}

"use client";
import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { notify } from "@/ui/display/notify";
import { saveFile } from "@/ui/display/save-file";
import { errorMessage } from "@/ui/error-message";
import { useTRPCClient } from "@/ui/trpc/client";

/** All feeds as a file for a feed reader, or for another Milkrun. */
export function ExportOpmlButton() {
  const client = useTRPCClient();
  const { mutate, isPending } = useMutation({
    mutationFn: () => client.source.exportOpml.query(),
    onSuccess: ({ opml, feeds, others }) => {
      saveFile("sources.opml", "text/x-opml", opml);
      notify({ title: `Exported ${feeds === 1 ? "1 feed" : `${feeds} feeds`}`, message: leftOutWords(others) });
    },
    onError: (error) => notify({ color: "red", title: "Nothing was exported", message: errorMessage(error) }),
  });
  return (
    <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} loading={isPending} onClick={() => mutate()}>
      Export OPML
    </Button>
  );
}

function leftOutWords(others: number): string {
  if (others === 0) return "";
  return `OPML holds feeds only: ${others === 1 ? "1 source of another kind is" : `${others} sources of other kinds are`} left out.`;
}

"use client";
import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { notify } from "@/ui/display/notify";
import { saveFile } from "@/ui/display/save-file";
import { errorMessage } from "@/ui/error-message";
import { useTRPCClient } from "@/ui/trpc/client";

/** All sources as a file for another Milkrun; feed readers take the feeds of it. */
export function ExportOpmlButton() {
  const client = useTRPCClient();
  const { mutate, isPending } = useMutation({
    mutationFn: () => client.source.exportOpml.query(),
    onSuccess: ({ opml, feeds, others }) => {
      saveFile("sources.opml", "text/x-opml", opml);
      notify({ title: `Exported ${feeds === 1 ? "1 feed" : `${feeds} feeds`}`, message: otherWords(others) });
    },
    onError: (error) => notify({ color: "red", title: "Nothing was exported", message: errorMessage(error) }),
  });
  return (
    <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} loading={isPending} onClick={() => mutate()}>
      Export OPML
    </Button>
  );
}

function otherWords(others: number): string {
  const kept = "Values of request headers are not in it.";
  if (others === 0) return kept;
  return `And ${others === 1 ? "1 source of another kind, which" : `${others} sources of other kinds, which`} Milkrun alone can import again. ${kept}`;
}

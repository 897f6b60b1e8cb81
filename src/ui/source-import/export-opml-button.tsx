"use client";
import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { notify } from "@/ui/display/notify";
import { saveFile } from "@/ui/display/save-file";
import { errorMessage } from "@/ui/error-message";
import { useTRPCClient } from "@/ui/trpc/client";
import { exportTitle, exportWords } from "./export-words";

/** It names the sources that something is left to be done for. */
const STAYS = { autoClose: false };

/** All sources as a file for another Milkrun; feed readers take the feeds in it. */
export function ExportOpmlButton() {
  const client = useTRPCClient();
  const { mutate, isPending } = useMutation({
    mutationFn: () => client.source.exportOpml.query(),
    onSuccess: ({ opml, ...exported }) => {
      saveFile("sources.opml", "text/x-opml", opml);
      notify({ title: exportTitle(exported), message: exportWords(exported), ...(exported.needHeaders.length > 0 && STAYS) });
    },
    onError: (error) => notify({ color: "red", title: "Nothing was exported", message: errorMessage(error) }),
  });
  return (
    <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} loading={isPending} onClick={() => mutate()}>
      Export OPML
    </Button>
  );
}

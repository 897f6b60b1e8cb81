"use client";
import { Alert, Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useOneClick } from "@/ui/display/use-one-click";
import { errorMessage } from "@/ui/error-message";
import { useTRPC } from "@/ui/trpc/client";
import type { exportQuery } from "./export-address";

/** Has a worker write the file; the list of exports shows how far it is. */
export function StartExportButton({ query }: { query: ReturnType<typeof exportQuery> }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const start = useMutation(trpc.export.start.mutationOptions({ onSuccess: () => queryClient.invalidateQueries(trpc.export.list.queryFilter()) }));
  const once = useOneClick(start.isPending);
  return (
    <>
      <Button loading={start.isPending} onClick={() => once(() => start.mutate(query))}>
        Prepare file
      </Button>
      {start.isError && (
        <Alert color="red" title="The export was not started" role="alert" w="100%">
          {errorMessage(start.error)}
        </Alert>
      )}
    </>
  );
}

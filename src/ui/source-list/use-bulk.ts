"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SourceOutcome } from "@/domain/source-bulk";
import { useTRPC } from "@/ui/trpc/client";
import type { BulkAct } from "./bulk-words";

/** What an act did, source by source. */
export interface BulkResult {
  act: BulkAct;
  outcomes: SourceOutcome[];
}

/** What can be done with many sources in one call each. `result` is what the last one did. */
export function useBulk() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [result, setResult] = useState<BulkResult | null>(null);
  const finish = (act: BulkAct, outcomes: SourceOutcome[]) => {
    setResult({ act, outcomes });
    for (const path of [trpc.source, trpc.preset.list, trpc.item.list, trpc.organization.attention]) void queryClient.invalidateQueries(path.pathFilter());
  };
  const turn = useMutation(trpc.source.setEnabled.mutationOptions({ onSuccess: (outcomes, { enabled }) => finish(enabled ? "on" : "off", outcomes) }));
  const remove = useMutation(trpc.source.removeMany.mutationOptions({ onSuccess: (outcomes) => finish("remove", outcomes) }));
  const add = useMutation(trpc.preset.addSources.mutationOptions({ onSuccess: ({ outcomes }) => finish("add", outcomes) }));
  return { result, forget: () => setResult(null), turn, remove, add };
}

export type Bulk = ReturnType<typeof useBulk>;

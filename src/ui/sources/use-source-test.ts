"use client";
import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import type { SourceDefinition } from "@/domain/source";
import { useTRPCClient } from "@/ui/trpc/client";

/** Has the server collect a definition once, storing nothing. `variables` is the definition that `data` belongs to. */
export function useSourceTest() {
  const client = useTRPCClient();
  const controller = useRef<AbortController | null>(null);
  const test = useMutation({
    mutationFn: (definition: SourceDefinition) => {
      controller.current = new AbortController();
      return client.source.test.mutate({ definition }, { signal: controller.current.signal });
    },
  });
  const cancel = () => {
    controller.current?.abort();
    test.reset();
  };
  return { ...test, cancel };
}

/** A test that can be started, watched and cancelled. */
export type SourceTest = ReturnType<typeof useSourceTest>;

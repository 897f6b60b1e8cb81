"use client";
import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { useTRPCClient } from "@/ui/trpc/client";
import type { CheckedSource } from "./source-form-check";

/**
 * Has the server collect a definition once, storing nothing. `variables` is what `data` belongs to.
 * @param sourceId Whose stored header values are taken where none was typed.
 */
export function useSourceTest(sourceId: string | undefined) {
  const client = useTRPCClient();
  const controller = useRef<AbortController | null>(null);
  const test = useMutation({
    mutationFn: (checked: CheckedSource) => {
      controller.current = new AbortController();
      return client.source.test.mutate({ ...checked, sourceId }, { signal: controller.current.signal });
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

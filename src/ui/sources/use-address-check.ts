"use client";
import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/ui/trpc/client";

/** Has the server find out what is at an address. `variables` is the address that `data` belongs to. */
export function useAddressCheck() {
  const trpc = useTRPC();
  return useMutation(trpc.source.check.mutationOptions());
}

/** A check that can be started and watched. */
export type AddressChecking = ReturnType<typeof useAddressCheck>;

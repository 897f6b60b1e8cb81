"use client";
import { useRouter } from "next/navigation";
import { useOptimistic, useTransition } from "react";

/**
 * What a page shows where its address says it: `view` is what the address says, `hrefOf` the address of another view. `show` goes there in
 * the same entry of the history. Until it is there, `chosen` is already what was asked for: the fields show it, and the next choice builds
 * on it rather than on an address that is on its way out. `pending` lasts as long.
 */
export function useAddressedView<View>(view: View, hrefOf: (view: View) => string) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [chosen, choose] = useOptimistic(view);

  function show(next: View) {
    startTransition(() => {
      choose(next);
      router.replace(hrefOf(next), { scroll: false });
    });
  }

  return { chosen, pending, show };
}

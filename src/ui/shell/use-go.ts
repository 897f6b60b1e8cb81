"use client";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { leaveExtraEntry } from "./back-guard";
import { mayLeave } from "./leave-guard";

/**
 * Goes to a page of Milkrun without a link: `go` asks first when there are unsaved changes, and resolves to false where the reader stays.
 * `isGoing` lasts until the page is there.
 */
export function useGo() {
  const router = useRouter();
  const [isGoing, startGoing] = useTransition();

  async function go(href: string): Promise<boolean> {
    if (!mayLeave()) return false;
    // First, and to its end: a step in the history calls off a page that is on its way, and left where it is, the entry would lie below
    // the new page, so that Back from there would need one press too many.
    await leaveExtraEntry();
    startGoing(() => router.push(href));
    return true;
  }

  return { go, isGoing };
}

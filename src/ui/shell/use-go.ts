"use client";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { clearTheWay } from "./back-guard";
import { useTellGoing } from "./going";
import { mayLeave } from "./leave-guard";

/**
 * Goes to a page of Milkrun without a link: `go` asks first when there are unsaved changes, and resolves to false where the reader stays.
 * `isGoing` lasts until the page is there.
 */
export function useGo() {
  const router = useRouter();
  const [isGoing, startGoing] = useTransition();
  useTellGoing(isGoing);

  /** Asks nothing: for when what was typed is stored, or of no use any more. */
  async function goOn(href: string): Promise<void> {
    await clearTheWay();
    startGoing(() => router.push(href));
  }

  async function go(href: string): Promise<boolean> {
    if (!mayLeave()) return false;
    await goOn(href);
    return true;
  }

  return { go, goOn, isGoing };
}

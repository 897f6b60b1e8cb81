"use client";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { clearTheWay } from "./back-guard";
import { canGo } from "./can-go";
import { isGoing, useTellGoing } from "./going";
import { mayLeave } from "./leave-guard";

/**
 * Goes to a page of Milkrun without a link: `go` asks first when there are unsaved changes, and resolves to false where the reader stays.
 * `isGoing` lasts until the page is there.
 */
export function useGo() {
  const router = useRouter();
  const [isOnTheWay, startGoing] = useTransition();
  useTellGoing(isOnTheWay);

  async function move(href: string): Promise<void> {
    await clearTheWay();
    startGoing(() => router.push(href));
  }

  /** For when what was typed is stored, or of no use any more: asks nothing, and calls nobody back who has gone elsewhere meanwhile. */
  async function goOn(href: string): Promise<void> {
    if (!isGoing()) await move(href);
  }

  async function go(href: string): Promise<boolean> {
    if (!canGo() || !mayLeave()) return false;
    await move(href);
    return true;
  }

  return { go, goOn, isGoing: isOnTheWay };
}

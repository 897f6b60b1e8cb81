"use client";
import { useRouter } from "next/navigation";
import { type TransitionStartFunction, useEffect, useOptimistic, useRef, useTransition } from "react";
import { clearTheWay } from "./back-guard";
import { canGo } from "./can-go";
import { useTellGoing } from "./going";
import { mayLeave } from "./leave-guard";

/**
 * What a page shows where its address says it: `view` is what the address says, `hrefOf` the address of another view. `show` goes there in
 * the same entry of the history, as a filter does, and `follow` in a new one, as a link does. Until it is there, `chosen` is already what was
 * asked for: the fields show it, and the next choice builds on it rather than on an address that is on its way out. `pending` lasts as long.
 */
export function useAddressedView<View>(view: View, hrefOf: (view: View) => string) {
  const router = useRouter();
  const [isShowing, startShowing] = useTransition();
  const [isFollowing, startFollowing] = useTransition();
  const [chosen, choose] = useOptimistic(view);
  const pending = isShowing || isFollowing;
  useGoOnAtHeading(pending);
  useTellGoing(isFollowing);

  function move(next: View, start: TransitionStartFunction, go: typeof router.push) {
    start(() => {
      choose(next);
      go(hrefOf(next), { scroll: false });
    });
  }

  async function follow(next: View): Promise<void> {
    if (!canGo() || !mayLeave()) return;
    await clearTheWay();
    move(next, startFollowing, router.push);
  }

  function show(next: View): void {
    if (!canGo()) return;
    // It calls off a link that is on its way, and makes the entry of its own in its place: Back still leads to what is shown now.
    if (isFollowing) move(next, startFollowing, router.push);
    else move(next, startShowing, router.replace);
  }

  return { chosen, pending, show, follow };
}

/** A link that led to another view may be gone there, such as “Clear filters”: the browser drops the focus then, and it goes on at the heading. */
function useGoOnAtHeading(pending: boolean): void {
  const wasPending = useRef(false);
  useEffect(() => {
    if (wasPending.current && !pending && document.activeElement === document.body)
      document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
    wasPending.current = pending;
  }, [pending]);
}

"use client";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

/** A page that is still loading gets its heading within this time, or its content is no longer waited for. */
const PATIENCE_MS = 5_000;

/**
 * After a move to another page, the focus goes to its heading, as a page load would have done; a screen reader then reads it.
 * The first page is left alone: the browser has its own way there.
 */
export function RouteFocus() {
  const pathname = usePathname();
  const focused = useRef(pathname);
  useEffect(() => {
    if (focused.current === pathname) return;
    focused.current = pathname;
    return whenHeadingShows((heading) => {
      if (!heading.hasAttribute("tabindex")) heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    });
  }, [pathname]);
  return null;
}

/** Calls back once, now or when the heading has been rendered; returns how to stop waiting. */
function whenHeadingShows(found: (heading: HTMLElement) => void): () => void {
  const look = () => {
    const heading = document.querySelector<HTMLElement>("main h1");
    if (heading) found(heading);
    return heading !== null;
  };
  if (look()) return () => {};
  const observer = new MutationObserver(() => look() && observer.disconnect());
  observer.observe(document.body, { childList: true, subtree: true });
  const timer = setTimeout(() => observer.disconnect(), PATIENCE_MS);
  return () => {
    observer.disconnect();
    clearTimeout(timer);
  };
}

"use client";
import { useEffect, useRef } from "react";

/** A button that is busy is disabled, and the browser takes the focus from it. It comes back then, unless the person has gone on meanwhile. */
export function useRefocus(isBusy: boolean) {
  const button = useRef<HTMLButtonElement>(null);
  const wasBusy = useRef(false);
  useEffect(() => {
    if (wasBusy.current && !isBusy && document.activeElement === document.body) button.current?.focus({ preventScroll: true });
    wasBusy.current = isBusy;
  }, [isBusy]);
  return button;
}

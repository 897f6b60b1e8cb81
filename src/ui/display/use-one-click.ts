"use client";
import { useEffect, useRef } from "react";

/** A double click is meant once, and the second comes before the page has drawn that it is busy, or while it leaves. */
export function useOneClick(isBusy: boolean): (act: () => void) => void {
  const isTaken = useRef(false);
  useEffect(() => {
    if (!isBusy) isTaken.current = false;
  }, [isBusy]);
  return (act) => {
    if (isTaken.current) return;
    isTaken.current = true;
    act();
  };
}

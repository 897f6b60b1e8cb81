"use client";
import { useBackGuard } from "./back-guard";
import { useLeaveGuard, useSavingGuard } from "./leave-guard";

/** Asks before what was typed in a form is lost, by whichever way out of the page, or before closing cuts off its save. */
export function useFormGuard({ isDirty, isPending }: { isDirty: boolean; isPending: boolean }): void {
  const isUnsaved = isDirty && !isPending;
  useLeaveGuard(isUnsaved);
  useBackGuard(isUnsaved);
  useSavingGuard(isDirty && isPending);
}

"use client";
import { type RefObject, useEffect, useEffectEvent } from "react";
import { failingRange } from "./cron-segments";
import { FIELD_IDS } from "./field-ids";
import type { ScheduleEditor } from "./use-schedule-editor";

/**
 * Leads to the first failing field when errors stopped a save, and gives back the way to any of them, by its name in the draft. In the
 * expression the failing part gets selected.
 */
export function useFieldFocus(
  { refusals, errors, draft }: ScheduleEditor,
  form: RefObject<HTMLFormElement | null>,
  cronInput: RefObject<HTMLInputElement | null>,
): (field: string) => void {
  function focus(input: HTMLElement | null | undefined) {
    input?.focus();
    if (input === cronInput.current && errors.cronExpression)
      cronInput.current?.setSelectionRange(...failingRange(draft.cronExpression, errors.cronExpression.field));
  }

  // Only a stopped save moves the focus, not what changes afterwards.
  const leadToFirst = useEffectEvent(() => focus(form.current?.querySelector<HTMLElement>("[aria-invalid=true]")));
  useEffect(() => {
    if (refusals > 0) leadToFirst();
  }, [refusals]);

  return (field) => focus(isPlaced(field) ? document.getElementById(FIELD_IDS[field]) : cronInput.current);
}

function isPlaced(field: string): field is keyof typeof FIELD_IDS {
  return field in FIELD_IDS;
}

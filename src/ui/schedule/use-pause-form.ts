"use client";
import { type RefObject, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { LocalInstant } from "@/domain/local-instant";
import type { Schedule } from "@/domain/schedule";
import { fieldErrorsOf } from "@/ui/error-message";
import { useNow } from "@/ui/time/now";
import { checkPauseDraft, fieldTime, type PauseDraft, type PauseErrors, pauseDraftOf, pauseEnd, toPause } from "./pause-draft";
import type { ScheduleControl } from "./use-schedule-control";

const MINUTE_MS = 60_000;

export interface PauseForm {
  draft: PauseDraft;
  /** Shown from the first try on. */
  errors: PauseErrors;
  /** What the server refused and no field is about. */
  failure: unknown;
  end: LocalInstant | null;
  /** For the date-time field. */
  earliest: string;
  element: RefObject<HTMLFormElement | null>;
  change: (part: Partial<PauseDraft>) => void;
  submit: () => void;
}

/** The fields of the pause dialog, from the pause that is there when it opens. */
export function usePauseForm(schedule: Schedule, control: ScheduleControl): PauseForm {
  const now = useNow(MINUTE_MS);
  const element = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(() => pauseDraftOf(schedule, now));
  const [tried, setTried] = useState(false);
  const problems = checkPauseDraft(draft, schedule.timeZone, now);
  const refused = refusedFields(control.pauseError);

  function submit() {
    if (Object.keys(problems).length === 0) return control.pause(toPause(draft, schedule));
    // The failing field is marked before it is looked for.
    flushSync(() => setTried(true));
    element.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }

  return {
    draft,
    errors: { ...refused, ...(tried ? problems : {}) },
    failure: Object.keys(refused).length === 0 ? control.pauseError : null,
    end: draft.ends === "at_time" ? pauseEnd(draft, schedule.timeZone) : null,
    earliest: fieldTime(now, schedule.timeZone),
    element,
    change: (part) => {
      setDraft({ ...draft, ...part });
      control.forgetPauseError();
    },
    submit,
  };
}

function refusedFields(error: unknown): PauseErrors {
  const errors: PauseErrors = {};
  for (const { path, message } of fieldErrorsOf(error)) if (path === "note" || path === "until") errors[path] ??= message;
  return errors;
}

"use client";
import { useState } from "react";
import type { Schedule } from "@/domain/schedule";
import { checkDraft, type DraftErrors, draftOf, hasErrors, realEdits, type ScheduleDraft, toUpdate } from "./schedule-draft";
import { useSaveSchedule } from "./use-save-schedule";

interface Edited {
  /** The version that the person saw when they began; undefined where there was no schedule. */
  version: number | undefined;
  edits: Partial<ScheduleDraft>;
}

export interface SaveOptions {
  turnOn?: boolean;
  /** Over what somebody else saved meanwhile. */
  overwrite?: boolean;
}

/** Everything that the form's parts share. */
export interface ScheduleEditor {
  /** Null while nothing is stored. */
  schedule: Schedule | null;
  draft: ScheduleDraft;
  /** What differs from the stored schedule; all of it while nothing is stored. */
  changes: Partial<ScheduleDraft>;
  /** Unsaved edits that leaving would lose. */
  isEdited: boolean;
  /** Somebody else saved since the person began to edit. */
  isConflict: boolean;
  errors: DraftErrors;
  /** True once a save was tried: then nothing waits for the end of the typing. */
  showsErrors: boolean;
  /** Counts up with every save that input errors stopped; then the person is led to the first failing field. */
  refusals: number;
  isSaving: boolean;
  saveFailure: unknown;
  change: (part: Partial<ScheduleDraft>) => void;
  save: (options?: SaveOptions) => void;
  discard: () => void;
  /** The person's own change (the switch) made this version: it is no conflict. */
  acceptVersion: (from: number, to: number) => void;
}

/** Edits on top of the stored schedule, or on top of a proposal where there is none. */
export function useScheduleEditor(schedule: Schedule | null, proposal: ScheduleDraft): ScheduleEditor {
  const [edited, setEdited] = useState<Edited | null>(null);
  const [tried, setTried] = useState(false);
  const [refusals, setRefusals] = useState(0);
  const base = schedule ? draftOf(schedule) : proposal;
  const edits = realEdits(base, edited?.edits ?? {});
  const draft = { ...base, ...edits };
  const localErrors = checkDraft(draft);

  function discard() {
    setEdited(null);
    setTried(false);
    saving.reset();
  }
  const refuse = () => setRefusals((count) => count + 1);
  const saving = useSaveSchedule({ onSaved: discard, onRefused: refuse });

  function change(part: Partial<ScheduleDraft>) {
    const next = { ...edited?.edits, ...part };
    const isBack = Object.keys(realEdits(base, next)).length === 0;
    setEdited(isBack ? null : { version: edited ? edited.version : schedule?.version, edits: next });
    saving.reset();
  }

  const changes = schedule ? edits : draft;
  return {
    schedule,
    draft,
    changes,
    isEdited: Object.keys(edits).length > 0,
    isConflict: edited !== null && schedule?.version !== edited.version,
    errors: { ...saving.refused, ...localErrors },
    showsErrors: tried,
    refusals,
    isSaving: saving.isPending,
    saveFailure: saving.failure,
    change,
    discard,
    save({ turnOn = false, overwrite = false } = {}) {
      setTried(true);
      if (hasErrors(localErrors)) return refuse();
      const version = overwrite || !edited ? schedule?.version : edited.version;
      saving.save({ version, ...toUpdate(changes), ...(turnOn ? { enabled: true } : {}) });
    },
    acceptVersion: (from, to) => setEdited((current) => (current?.version === from ? { ...current, version: to } : current)),
  };
}

"use client";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { Schedule } from "@/domain/schedule";
import { isOvertaken, versionToSave } from "./draft-conflict";
import type { Edited } from "./kept-draft";
import { checkDraft, type DraftErrors, draftOf, hasErrors, realEdits, type ScheduleDraft, toUpdate } from "./schedule-draft";
import { useEdits } from "./use-edits";
import { useSaveSchedule } from "./use-save-schedule";

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
  /** The edits are from before a reload or another session. */
  isBack: boolean;
  /** What the person saw when they began to edit. */
  seen: ScheduleDraft;
  /** Somebody else saved one of the form's fields, or deleted the schedule, since the person began to edit. */
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
}

/**
 * Edits on top of the stored schedule, or on top of a proposal where there is none.
 * @param draftKey where unsaved edits are kept, see `keptDraftKey`
 */
export function useScheduleEditor(schedule: Schedule | null, proposal: ScheduleDraft, draftKey: string): ScheduleEditor {
  const { edited, areBack, setEdited, drop, dropSent } = useEdits(draftKey);
  const sent = useRef<ScheduleDraft>(proposal);
  const [tried, setTried] = useState(false);
  const [refusals, setRefusals] = useState(0);
  const version = schedule?.version ?? 0;
  const base = schedule ? draftOf(schedule) : proposal;
  const edits = realEdits(base, edited?.edits ?? {});
  const isEdited = Object.keys(edits).length > 0;
  const begun: Edited = edited && isEdited ? edited : { version, base, edits: {} };
  const isConflict = isOvertaken(begun, schedule);
  const draft = { ...base, ...edits };
  const localErrors = checkDraft(draft);

  // What somebody else has saved in the same way is no edit any more, and must not come back with their next change.
  const isSavedAnyway = edited !== null && !isEdited;
  const dropSaved = useEffectEvent(drop);
  useEffect(() => {
    if (isSavedAnyway) dropSaved();
  }, [isSavedAnyway]);

  function discard() {
    drop();
    setTried(false);
    saving.reset();
  }
  function settle(saved: Schedule) {
    dropSent(sent.current, { version: saved.version, base: draftOf(saved) });
    setTried(false);
    saving.reset();
  }
  const refuse = () => setRefusals((count) => count + 1);
  const saving = useSaveSchedule({ onSaved: settle, onRefused: refuse, isConflict: (stored) => isOvertaken(begun, stored) });

  function change(part: Partial<ScheduleDraft>) {
    const next = { ...begun.edits, ...part };
    const isTakenBack = Object.keys(realEdits(base, next)).length === 0;
    if (isTakenBack) drop();
    else setEdited({ ...begun, edits: next });
    saving.reset();
  }

  const changes = schedule ? edits : draft;
  return {
    schedule,
    draft,
    changes,
    isEdited,
    isBack: isEdited && areBack,
    seen: begun.base,
    isConflict,
    errors: { ...saving.refused, ...localErrors },
    showsErrors: tried,
    refusals,
    isSaving: saving.isPending,
    // What both say, side by side, tells of it better.
    saveFailure: isConflict && saving.isStale ? null : saving.failure,
    change,
    discard,
    save({ turnOn = false, overwrite = false } = {}) {
      setTried(true);
      if (hasErrors(localErrors)) return refuse();
      sent.current = draft;
      saving.save({ version: versionToSave(begun, schedule, overwrite), ...toUpdate(changes), ...(turnOn ? { enabled: true } : {}) });
    },
  };
}

"use client";
import { useState } from "react";
import type { Source, SourceKind } from "@/domain/source";
import { fieldErrorsOf, formErrorsOf } from "@/ui/error-message";
import { showFormErrors } from "@/ui/form-errors";
import { useFormGuard } from "@/ui/shell/use-form-guard";
import { headerRowsOf } from "./header-rows";
import { type CheckedSource, checkSourceForm, serverErrorsOf } from "./source-form-check";
import { useSourceForm } from "./source-form-context";
import { emptySourceForm, type SourceFormValues, storedSourceForm } from "./source-form-values";
import { useRevision } from "./use-revision";
import { useSaveSource } from "./use-save-source";
import { useSourceTest } from "./use-source-test";

/** The state of the source editor. Saving and testing both take the values on the screen, and both stop at what the schema refuses. */
export function useSourceEditor(source: Source | null, kind: SourceKind = "feed") {
  const form = useSourceForm({
    initialValues: source ? storedSourceForm(source) : { ...emptySourceForm(), kind },
    clearInputErrorOnChange: true,
  });
  const [failure, setFailure] = useState<unknown>(null);
  const test = useSourceTest(source?.id);
  const { save, isPending } = useSaveSource(source?.id ?? null);
  const { seen, saw, takeStored } = useRevision(source, { form, valuesOf: storedSourceForm, onShown: () => setFailure(null) });
  useFormGuard({ isDirty: form.isDirty(), isPending });

  const goTo = (path: string) => form.getInputNode(path)?.focus();

  const showServerErrors = (error: unknown) => showFormErrors(form, serverErrorsOf(form.getValues(), formErrorsOf(error)));

  function refuse(error: unknown) {
    if (fieldErrorsOf(error).length > 0) showServerErrors(error);
    else setFailure(error);
  }

  /** The other inputs keep what is in them; what was typed since it was sent is not stored. A header's value leaves the page. */
  function showStored(stored: Source, sent: SourceFormValues) {
    const headers = headerRowsOf(stored);
    form.setValues({ ...form.getValues(), headers });
    form.resetDirty({ ...sent, headers });
    saw(stored);
  }

  function saveChecked(checked: CheckedSource, revision: string | undefined) {
    const sent = form.getValues();
    save({ ...checked, enabled: sent.enabled, revision }, { onSaved: (stored) => showStored(stored, sent), onError: refuse });
  }

  // Keys repeat while they are held.
  const submit = (revision: string | undefined) => !isPending && withChecked((checked) => saveChecked(checked, revision));

  function withChecked(use: (checked: CheckedSource) => void) {
    const check = checkSourceForm(form.getValues());
    setFailure(null);
    form.clearErrors();
    if (check.ok) use({ definition: check.definition, headers: check.headers });
    else showFormErrors(form, check.errors);
  }

  return {
    form,
    failure,
    test,
    testIsStale: test.isSuccess && !describes(test.variables, form.values),
    isSaving: isPending,
    goTo,
    submit: () => submit(seen),
    takeStored() {
      takeStored();
      // The notice goes, and with it the button that was used.
      goTo("url");
    },
    /** Saves over this revision of somebody else's, and over no later one. */
    keepMine: (theirs: string) => submit(theirs),
    startTest: () => withChecked((checked) => test.mutate(checked, { onError: showServerErrors })),
  };
}

function describes({ definition, headers }: CheckedSource, values: SourceFormValues): boolean {
  const check = checkSourceForm(values);
  return check.ok && JSON.stringify([check.definition, check.headers]) === JSON.stringify([definition, headers]);
}

"use client";
import { useState } from "react";
import type { Source, SourceDefinition } from "@/domain/source";
import { fieldErrorsOf, formErrorsOf } from "@/ui/error-message";
import { useLeaveGuard } from "@/ui/shell/leave-guard";
import { checkSourceForm, type SourceFormErrors, serverErrorsOf } from "./source-form-check";
import { useSourceForm } from "./source-form-context";
import { definitionOf, emptySourceForm, type SourceFormValues, sourceFormOf } from "./source-form-values";
import { useSaveSource } from "./use-save-source";
import { useSourceTest } from "./use-source-test";

/** The state of the source editor. Saving and testing both take the values on the screen, and both stop at what the schema refuses. */
export function useSourceEditor(source: Source | null) {
  const form = useSourceForm({
    initialValues: source ? sourceFormOf(definitionOf(source), source.enabled) : emptySourceForm(),
    clearInputErrorOnChange: true,
  });
  const [failure, setFailure] = useState<unknown>(null);
  const test = useSourceTest();
  const { save, isPending } = useSaveSource(source?.id ?? null, () => form.resetDirty());
  useLeaveGuard(form.isDirty() && !isPending);

  const goTo = (path: string) => form.getInputNode(path)?.focus();

  function showErrors(errors: SourceFormErrors) {
    form.setErrors(errors);
    const [first] = Object.keys(errors);
    if (first) goTo(first);
  }

  const showServerErrors = (error: unknown) => showErrors(serverErrorsOf(form.getValues(), formErrorsOf(error)));

  function refuse(error: unknown) {
    if (fieldErrorsOf(error).length > 0) showServerErrors(error);
    else setFailure(error);
  }

  function withDefinition(use: (definition: SourceDefinition) => void) {
    const check = checkSourceForm(form.getValues());
    setFailure(null);
    form.clearErrors();
    if (check.ok) use(check.definition);
    else showErrors(check.errors);
  }

  return {
    form,
    failure,
    test,
    testIsStale: test.isSuccess && !describes(test.variables, form.values),
    isSaving: isPending,
    goTo,
    submit: () => withDefinition((definition) => save({ definition, enabled: form.getValues().enabled }, refuse)),
    startTest: () => withDefinition((definition) => test.mutate(definition, { onError: showServerErrors })),
  };
}

function describes(definition: SourceDefinition, values: SourceFormValues): boolean {
  const check = checkSourceForm(values);
  return check.ok && JSON.stringify(check.definition) === JSON.stringify(definition);
}

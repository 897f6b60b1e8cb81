"use client";
import type { UseFormReturnType } from "@mantine/form";
import { useEffect, useEffectEvent, useState } from "react";

interface Revised {
  revision: string;
}

interface ShownIn<Stored, Values> {
  form: Pick<UseFormReturnType<Values>, "isDirty" | "setValues" | "resetDirty" | "clearErrors">;
  /** What is stored, as the form has it. */
  valuesOf: (stored: Stored) => Values;
  /** Once that is in the form in the place of what it showed. */
  onShown: () => void;
}

/**
 * The revision that a form is based on, for the server to refuse what would replace another person's change unseen. As long as nothing was
 * typed, the form follows what is stored.
 */
export function useRevision<Stored extends Revised, Values>(stored: Stored | null, { form, valuesOf, onShown }: ShownIn<Stored, Values>) {
  const [seen, setSeen] = useState(stored?.revision);
  const take = (now: Stored) => {
    const values = valuesOf(now);
    form.setValues(values);
    form.resetDirty(values);
    form.clearErrors();
    setSeen(now.revision);
    onShown();
  };
  const follow = useEffectEvent((now: Stored) => {
    if (now.revision !== seen && !form.isDirty()) take(now);
  });
  useEffect(() => {
    if (stored) follow(stored);
  }, [stored]);
  return {
    seen,
    /** From now on the form is based on this. */
    saw: ({ revision }: Revised) => setSeen(revision),
    /** Gives up what was typed. */
    takeStored: () => stored && take(stored),
  };
}

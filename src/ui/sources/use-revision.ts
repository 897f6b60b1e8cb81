"use client";
import { useEffect, useEffectEvent, useState } from "react";

interface Revised {
  revision: string;
}

interface Form<Stored> {
  isDirty: () => boolean;
  /** Puts what is stored into the form in the place of what it shows. */
  show: (stored: Stored) => void;
}

/**
 * The revision that a form is based on, for the server to refuse what would replace another person's change unseen. As long as nothing was
 * typed, the form follows what is stored.
 */
export function useRevision<Stored extends Revised>(stored: Stored | null, form: Form<Stored>) {
  const [seen, setSeen] = useState(stored?.revision);
  const take = (now: Stored) => {
    form.show(now);
    setSeen(now.revision);
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

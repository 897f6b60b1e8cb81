"use client";
import { useState } from "react";
import type { SourceMatch } from "@/domain/source-page";

/** The sources that are chosen for what can be done with many at once. */
export interface Selection {
  ids: ReadonlySet<string>;
  /** Chooses them, or no longer. */
  choose: (ids: readonly string[], isChosen: boolean) => void;
  /** These and no others. */
  replace: (ids: readonly string[]) => void;
  clear: () => void;
}

const NONE: ReadonlySet<string> = new Set();

/** What is chosen in a list. Another filter begins anew: what is out of sight must not be changed by mistake. */
export function useSelection({ text, kind, failing }: SourceMatch): Selection {
  const filter = JSON.stringify([text, kind, failing]);
  const [chosen, setChosen] = useState({ filter, ids: NONE });
  const ids = chosen.filter === filter ? chosen.ids : NONE;
  const set = (next: ReadonlySet<string>) => setChosen({ filter, ids: next });
  return {
    ids,
    choose: (some, isChosen) => {
      const next = new Set(ids);
      for (const id of some) isChosen ? next.add(id) : next.delete(id);
      set(next);
    },
    replace: (some) => set(new Set(some)),
    clear: () => set(NONE),
  };
}

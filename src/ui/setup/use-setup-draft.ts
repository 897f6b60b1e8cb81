"use client";
import { useEffect, useState } from "react";
import { useViewerZone } from "@/ui/time/viewer-zone";
import { EMPTY_DRAFT, readDraft, type SetupDraft, storeDraft } from "./setup-draft";

/** What the person has entered, kept over a reload; the time zone starts as the browser's. */
export function useSetupDraft() {
  const [draft, setDraft] = useState<SetupDraft>(EMPTY_DRAFT);
  const viewerZone = useViewerZone();

  useEffect(() => {
    const stored = readDraft(window.sessionStorage);
    setDraft((current) => ({ ...current, timeZone: viewerZone ?? "", ...stored }));
  }, [viewerZone]);

  function change(part: Partial<SetupDraft>) {
    const next = { ...draft, ...part };
    setDraft(next);
    storeDraft(window.sessionStorage, next);
  }

  return { draft, change };
}

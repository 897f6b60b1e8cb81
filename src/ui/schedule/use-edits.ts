"use client";
import { useEffect, useState } from "react";
import { type Edited, editsSince, keepDraft, readKeptDraft } from "./kept-draft";
import type { ScheduleDraft } from "./schedule-draft";

/**
 * The unsaved edits. They survive a reload of this tab and a session that ends; `areBack` says that these came from there.
 * @param key see `keptDraftKey`
 */
export function useEdits(key: string) {
  const [edited, setEdited] = useState<Edited | null>(null);
  const [areBack, setBack] = useState(false);
  const [hasLooked, setLooked] = useState(false);

  // Not in the first render, which must agree with the server's.
  useEffect(() => {
    const kept = readKeptDraft(window.sessionStorage, key);
    setEdited(kept);
    setBack(kept !== null);
    setLooked(true);
  }, [key]);

  useEffect(() => {
    if (hasLooked) keepDraft(window.sessionStorage, key, edited);
  }, [hasLooked, key, edited]);

  function drop() {
    // Now, not in the effect: the form may be gone with the edits.
    keepDraft(window.sessionStorage, key, null);
    setEdited(null);
    setBack(false);
  }

  /** After a save: what was typed meanwhile stays. */
  function dropSent(sent: ScheduleDraft, stored: Pick<Edited, "version" | "base">) {
    keepDraft(window.sessionStorage, key, null);
    // Of the newest edits: the save may have begun several renders ago.
    setEdited((newest) => editsSince(newest, sent, stored));
    setBack(false);
  }

  return { edited, areBack, setEdited, drop, dropSent };
}

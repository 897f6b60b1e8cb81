"use client";
import { useState } from "react";
import { expandMacro } from "@/domain/cron-fields";

interface Expanded {
  macro: string;
  fields: string;
  /** The person wants the macro itself. */
  isKept: boolean;
}

/**
 * A macro that was typed becomes the fields that it stands for when the person leaves the field, with a way back. One that is stored
 * stays as it is: opening a schedule rewrites nothing.
 */
export function useMacro(text: string, stored: string | undefined, onText: (text: string) => void) {
  const [last, setLast] = useState<Expanded | null>(null);
  const fields = expandMacro(text);
  const macro = text.trim();

  function expand() {
    if (fields === null || text === stored || (last?.isKept && last.macro === macro)) return;
    setLast({ macro, fields, isKept: false });
    onText(fields);
  }

  function keep() {
    if (last === null) return;
    setLast({ ...last, isKept: true });
    onText(last.macro);
  }

  /** What stands here now instead of what was typed. */
  const expanded = last !== null && !last.isKept && last.fields === text ? last.macro : null;
  return { expand, keep, expanded, note: noteOf(fields === null ? null : macro, expanded, fields ?? text) };
}

function noteOf(macro: string | null, expanded: string | null, fields: string): string | null {
  if (macro !== null) return `${macro} stands for ${fields}.`;
  return expanded === null ? null : `${expanded} stands for ${fields}, which is written here now.`;
}

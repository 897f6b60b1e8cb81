"use client";
import { useEffect, useState } from "react";

const KEY = "milkrun.first-sources";

/** The addresses that the person pasted, kept over a reload of this tab. */
export function usePastedSources() {
  const [text, setText] = useState("");
  useEffect(() => setText(window.sessionStorage.getItem(KEY) ?? ""), []);
  return {
    text,
    change(next: string) {
      setText(next);
      window.sessionStorage.setItem(KEY, next);
    },
    forget: () => window.sessionStorage.removeItem(KEY),
  };
}

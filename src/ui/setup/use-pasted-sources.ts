"use client";
import { useEffect, useState } from "react";

const KEY = "milkrun.first-sources";

/** What the person pasted, kept over a reload of this tab if it is not too much for the browser to keep. */
export function usePastedSources() {
  const [text, setText] = useState("");
  useEffect(() => setText(window.sessionStorage.getItem(KEY) ?? ""), []);
  return {
    text,
    change(next: string) {
      setText(next);
      try {
        window.sessionStorage.setItem(KEY, next);
      } catch {
        window.sessionStorage.removeItem(KEY);
      }
    },
    forget: () => window.sessionStorage.removeItem(KEY),
  };
}

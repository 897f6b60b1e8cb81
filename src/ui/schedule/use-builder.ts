"use client";
import { useState } from "react";
import { type BuilderChoices, type BuilderMode, type BuilderReading, readBuilder, writeBuilder } from "@/domain/schedule-builder";

/** A mode that a person looks at, and what they chose in it so far, while the expression does not say so. */
interface Picked {
  mode: BuilderMode;
  choices: Partial<BuilderChoices>;
  /** The expression at that time: when it changes, it leads again. */
  text: string;
}

/** The expression as choices. */
export interface Builder {
  mode: BuilderMode;
  choices: BuilderChoices;
  /** Whether the expression is one that only cron can say. */
  isBeyond: boolean;
  /** The mode is only looked at: the expression is still another. */
  isUndecided: boolean;
  /** What the choices of an undecided mode would make of the expression; null while one is missing. */
  proposal: string | null;
  pick: (mode: BuilderMode) => void;
  /** Changes the expression as soon as nothing is missing. */
  choose: (part: Partial<BuilderChoices>) => void;
}

const BEYOND: BuilderReading = { mode: "custom", choices: { interval: null, minute: null, hours: [], weekdays: [], dayOfMonth: null } };

/** Two ways to one expression: what is typed moves the choices, and a choice rewrites the text. Looking at another mode rewrites nothing. */
export function useBuilder(text: string, onText: (text: string) => void): Builder {
  const reading = useReading(text);
  const [picked, setPicked] = useState<Picked | null>(null);
  // Who picked cron stays there, whatever is typed.
  const held = picked && (picked.mode === "custom" || picked.text === text) ? picked : null;
  const mode = held?.mode ?? reading.mode;
  const choices = { ...reading.choices, ...held?.choices };
  const isUndecided = held !== null && mode !== "custom";

  function choose(part: Partial<BuilderChoices>) {
    const written = writeBuilder(mode, { ...choices, ...part });
    setPicked(written === null ? { mode, text, choices: { ...held?.choices, ...part } } : null);
    if (written !== null) onText(written);
  }

  return {
    mode,
    choices,
    isBeyond: reading.mode === "custom",
    isUndecided,
    proposal: isUndecided ? writeBuilder(mode, choices) : null,
    pick: (next) => setPicked(next === reading.mode ? null : { mode: next, choices: {}, text }),
    choose,
  };
}

/** Of the last text that could be read, so that the fields stand still while somebody types. */
function useReading(text: string): BuilderReading {
  const [last, setLast] = useState(() => ({ text, reading: readBuilder(text) ?? BEYOND }));
  if (last.text === text) return last.reading;
  const reading = readBuilder(text) ?? last.reading;
  setLast({ text, reading });
  return reading;
}

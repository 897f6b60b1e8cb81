"use client";
import { useState } from "react";

/** True from the first time that the value was: what is loaded only once it is asked for stays afterwards, so that it can close in its own way. */
export function useEver(value: boolean): boolean {
  const [ever, setEver] = useState(value);
  if (value && !ever) setEver(true);
  return ever || value;
}

"use client";
import { useEffect, useRef } from "react";
import { errorMessage } from "@/ui/error-message";
import { notify } from "./notify";

/** Tells in a message of what failed once the form that would say so was left. As long as the form is there it says so itself. */
export function useTellIfGone(): (title: string, error: unknown) => void {
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
    };
  }, []);
  return (title, error) => {
    if (isGone.current) notify({ color: "red", title, message: errorMessage(error) });
  };
}

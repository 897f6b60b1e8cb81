"use client";
import { VisuallyHidden } from "@mantine/core";
import { useEffect } from "react";
import { useCalm } from "./use-calm";

/** Says what changes to a screen reader, politely: the first message at once, then no more than one in 5 seconds. The last one is always said. */
export function CalmStatus({ children: message }: { children: string }) {
  const { spoken, say } = useCalm();
  useEffect(() => say(() => message), [message, say]);
  return <VisuallyHidden role="status">{spoken}</VisuallyHidden>;
}

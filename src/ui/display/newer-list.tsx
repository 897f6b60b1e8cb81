"use client";
import { Button, Stack, type StackProps } from "@mantine/core";
import { IconArrowUp } from "@tabler/icons-react";
import { type ReactNode, useRef } from "react";
import classes from "./newer-list.module.css";

interface NewerListProps {
  gap: StackProps["gap"];
  /** What came meanwhile and waits, as "3 newer items"; null where nothing does. */
  newer: string | null;
  /** Begins the list anew at the newest. */
  onShowNewer: () => void;
  /** Above the rows. */
  head?: ReactNode;
  rows: ReactNode;
  /** Below the rows. */
  children: ReactNode;
}

/** A list, newest first, that does not move under somebody's eyes: what came meanwhile is said above the rows and shown on request. */
export function NewerList({ gap, newer, onShowNewer, head, rows, children }: NewerListProps) {
  const list = useRef<HTMLDivElement>(null);
  const beginAnew = () => {
    onShowNewer();
    // The button vanishes: who used it by keyboard goes on at the list that it leads to.
    list.current?.focus({ preventScroll: true });
    list.current?.scrollIntoView({ block: "start" });
  };
  return (
    <Stack gap={gap} ref={list} tabIndex={-1} className={classes.list}>
      {head}
      <div>
        <div role="status" className={classes.notice}>
          {newer !== null && (
            <Button radius="xl" leftSection={<IconArrowUp size={16} aria-hidden />} onClick={beginAnew}>
              {newer}
            </Button>
          )}
        </div>
        {rows}
      </div>
      {children}
    </Stack>
  );
}

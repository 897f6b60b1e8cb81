"use client";
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { AppLink } from "@/ui/shell/app-link";
import { EmptyState } from "./empty-state";

interface NoMatchProps {
  /** One sentence. */
  children: ReactNode;
  /** The same list without its filters. */
  clearHref: string;
  /** Goes there. */
  onClear: () => void;
}

/** Filters that nothing matches; they stay in view above it. */
export function NoMatch({ children, clearHref, onClear }: NoMatchProps) {
  return (
    <EmptyState
      action={
        <Button component={AppLink} href={clearHref} onFollow={onClear} variant="default">
          Clear filters
        </Button>
      }
    >
      {children}
    </EmptyState>
  );
}

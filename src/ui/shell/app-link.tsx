"use client";
import Link from "next/link";
import type { ComponentProps } from "react";
import { mayLeave } from "./leave-guard";

/** A link within Milkrun. It asks first when the page has unsaved changes. */
export function AppLink(props: Omit<ComponentProps<typeof Link>, "onNavigate">) {
  return (
    <Link
      {...props}
      onNavigate={(event) => {
        if (!mayLeave()) event.preventDefault();
      }}
    />
  );
}

"use client";
import Link from "next/link";
import type { ComponentProps } from "react";
import { isOnExtraEntry } from "./back-guard";
import { loseUnsaved, mayLeave } from "./leave-guard";
import { useGo } from "./use-go";

interface AppLinkProps extends Omit<ComponentProps<typeof Link>, "onNavigate" | "href"> {
  href: string;
}

/** A link within Milkrun. It asks first when the page has unsaved changes. */
export function AppLink(props: AppLinkProps) {
  const { go } = useGo();
  return (
    <Link
      {...props}
      onNavigate={(event) => {
        // Link goes by itself where it can: it knows what its other properties mean.
        if (!isOnExtraEntry()) return mayLeave() ? loseUnsaved() : event.preventDefault();
        event.preventDefault();
        void go(props.href);
      }}
    />
  );
}

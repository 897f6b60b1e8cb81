"use client";
import Link, { useLinkStatus } from "next/link";
import type { ComponentProps } from "react";
import { isOnExtraEntry } from "./back-guard";
import { canGo } from "./can-go";
import { useTellGoing } from "./going";
import { loseUnsaved, mayLeave } from "./leave-guard";
import { useGo } from "./use-go";

interface AppLinkProps extends Omit<ComponentProps<typeof Link>, "onNavigate" | "href"> {
  href: string;
  /** Goes there in the page's own way, where the link is followed in this tab: see `useAddressedView`. */
  onFollow?: () => void;
}

/** A link within Milkrun. It asks first when the page has unsaved changes, and stays on it while there is no connection. */
export function AppLink({ onFollow, children, ...props }: AppLinkProps) {
  const { go } = useGo();
  return (
    <Link
      {...props}
      onNavigate={(event) => {
        if (!canGo()) return event.preventDefault();
        if (onFollow) {
          event.preventDefault();
          return onFollow();
        }
        // Link goes by itself where it can: it knows what its other properties mean.
        if (!isOnExtraEntry()) return mayLeave() ? loseUnsaved() : event.preventDefault();
        event.preventDefault();
        void go(props.href);
      }}
    >
      {children}
      <LinkStatus />
    </Link>
  );
}

/** A link knows within itself alone that its page is on its way. */
function LinkStatus() {
  useTellGoing(useLinkStatus().pending);
  return null;
}

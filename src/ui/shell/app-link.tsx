"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { ComponentProps } from "react";
import { isOnExtraEntry, leaveExtraEntry } from "./back-guard";
import { mayLeave } from "./leave-guard";

interface AppLinkProps extends Omit<ComponentProps<typeof Link>, "onNavigate" | "href"> {
  href: string;
}

/** A link within Milkrun. It asks first when the page has unsaved changes. */
export function AppLink(props: AppLinkProps) {
  const router = useRouter();
  return (
    <Link
      {...props}
      onNavigate={(event) => {
        if (!mayLeave()) return event.preventDefault();
        if (!isOnExtraEntry()) return;
        // Else it would lie below the new page, and Back from there would need one press too many.
        event.preventDefault();
        void leaveExtraEntry().then(() => router.push(props.href));
      }}
    />
  );
}

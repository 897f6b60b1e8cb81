"use client";
import { Button, type ButtonProps } from "@mantine/core";
import { useState } from "react";
import { notify } from "@/ui/display/notify";
import { signOut } from "./session-client";

/** Ends the session; afterwards `nextPath`. */
export function SignOutButton({ nextPath, children = "Sign out", ...props }: ButtonProps & { nextPath: string }) {
  const [pending, setPending] = useState(false);
  async function leave() {
    setPending(true);
    const outcome = await signOut();
    // A whole page load: nothing of this person may stay in memory. The button stays busy until then.
    if (outcome.ok) return window.location.assign(nextPath);
    setPending(false);
    notify({ color: "red", title: "You are still signed in", message: outcome.message });
  }
  return (
    <Button {...props} loading={pending} onClick={() => void leave()}>
      {children}
    </Button>
  );
}

"use client";
import { Anchor } from "@mantine/core";
import { appErrorOf } from "@/ui/error-message";
import { signInPath } from "@/ui/session/next-path";

/** Says with an error that a form has kept what is in it. Who is signed out signs in in another tab: to leave this one would lose it. */
export function StillHere({ error, children }: { error: unknown; children: string }) {
  if (appErrorOf(error)?.code !== "unauthenticated") return children;
  return (
    <>
      {children}{" "}
      <Anchor href={signInPath(null)} target="_blank" inherit c="inherit" underline="always">
        Sign in, in a new tab
      </Anchor>
      , then try again here.
    </>
  );
}

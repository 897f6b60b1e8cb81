"use client";
import { Text } from "@mantine/core";
import { useEffect } from "react";
import { leaveTo } from "@/ui/shell/leave-guard";
import { signInPath } from "./next-path";

/** In the place of a page that was asked for after the session had ended: on to sign-in, which leads back to it. */
export function SignInAgain() {
  useEffect(() => leaveTo(signInPath(window.location.pathname + window.location.search)), []);
  return (
    <Text role="status" py="xl">
      You are signed out. The sign-in is on its way.
    </Text>
  );
}

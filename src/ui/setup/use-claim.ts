"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { appErrorOf, errorMessage, formErrorsOf } from "@/ui/error-message";
import { signInPath } from "@/ui/session/next-path";
import { signIn } from "@/ui/session/session-client";
import { useTRPC } from "@/ui/trpc/client";
import { forgetDraft, type SetupErrors } from "./setup-draft";

interface ClaimFailure {
  message: string;
  /** Somebody has set this installation up already: this very person, perhaps, when an answer was lost. */
  isClaimed: boolean;
}

/** Where set-up goes on, signed in. */
const FIRST_SOURCES = "/start/sources";

/** Claims the installation, signs in and goes on to the first sources. Input that the server refuses goes to `onRefused`, by field. */
export function useClaim(onRefused: (errors: SetupErrors) => void) {
  const [isLeaving, setLeaving] = useState(false);
  const { mutate, isPending, error } = useMutation(
    useTRPC().setup.claim.mutationOptions({
      onError: (refusal) => onRefused(formErrorsOf(refusal)),
      onSuccess: async (_, { email, password }) => {
        setLeaving(true);
        forgetDraft(window.sessionStorage);
        const outcome = await signIn(email, password);
        window.location.assign(outcome.ok ? FIRST_SOURCES : signInPath(FIRST_SOURCES));
      },
    }),
  );
  const isAboutFields = error !== null && Object.keys(formErrorsOf(error)).some((path) => path !== "token");
  const failure: ClaimFailure | null = error && !isAboutFields ? { message: errorMessage(error), isClaimed: appErrorOf(error)?.code === "gone" } : null;
  return { claim: mutate, isPending: isPending || isLeaving, failure };
}

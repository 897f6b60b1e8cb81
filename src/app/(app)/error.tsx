"use client";
import { appErrorOf, isRefusal } from "@/ui/error-message";
import { SignInAgain } from "@/ui/session/sign-in-again";
import { BrokenPage } from "@/ui/states/broken-page";

export default function AppErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  if (appErrorOf(error)?.code === "unauthenticated") return <SignInAgain />;
  return <BrokenPage errorId={error.digest} refusal={isRefusal(error) ? error.message : null} reset={reset} />;
}

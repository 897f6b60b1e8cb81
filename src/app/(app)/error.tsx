"use client";
import { BrokenPage } from "@/ui/states/broken-page";

export default function AppErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <BrokenPage errorId={error.digest} reset={reset} />;
}

"use client";
import { Container } from "@mantine/core";
import { BrokenPage } from "@/ui/states/broken-page";

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <Container component="main" size="sm">
      <BrokenPage errorId={error.digest} reset={reset} />
    </Container>
  );
}

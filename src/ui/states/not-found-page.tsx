"use client";
import { Button, Stack } from "@mantine/core";
import Link from "next/link";
import { PublicFrame } from "@/ui/shell/public-frame";

/** The same page for what does not exist and for what is not the reader's: it must not tell which. */
export function NotFoundPage() {
  return (
    <PublicFrame title="Page not found" lead="There is nothing at this address, or it is not yours to see.">
      <Stack mt="lg" align="flex-start">
        <Button component={Link} href="/">
          Go to Milkrun
        </Button>
      </Stack>
    </PublicFrame>
  );
}

"use client";
import { Button, Stack } from "@mantine/core";
import Link from "next/link";
import { PublicFrame } from "@/ui/shell/public-frame";

/** The same for a link that is unknown, used, revoked, replaced or too old: it must not tell which. */
export function InvalidInvitation() {
  return (
    <PublicFrame
      title="This invitation does not work"
      lead="Its link was used or withdrawn, or it is older than 48 hours. Ask whoever invited you for a new one. If you have accepted it already, go on to Milkrun."
    >
      <Stack mt="lg" align="flex-start">
        <Button component={Link} href="/">
          Go to Milkrun
        </Button>
      </Stack>
    </PublicFrame>
  );
}

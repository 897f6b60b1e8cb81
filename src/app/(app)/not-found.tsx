"use client";
import { Button, Stack, Text } from "@mantine/core";
import Link from "next/link";
import { PageTitle } from "@/ui/shell/page-title";

/** The same for what does not exist and for what belongs to others: it must not tell which. */
export default function NotFoundInApp() {
  return (
    <Stack align="flex-start" py="xl">
      <PageTitle>Page not found</PageTitle>
      <Text>There is nothing at this address, or it is not yours to see.</Text>
      <Button component={Link} href="/schedule">
        Go to the schedule
      </Button>
    </Stack>
  );
}

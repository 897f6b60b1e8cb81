"use client";
import { Button, Group, Stack, Text } from "@mantine/core";
import type { OwnOrganization } from "@/domain/organization";
import { AppLink } from "@/ui/shell/app-link";
import { PageTitle } from "@/ui/shell/page-title";
import { useSwitchOrganization } from "./use-switch-organization";

interface OtherOrganizationProps {
  /** The name of the one that the reader works in. */
  current: string;
  /** The one that the page at `path` is in. */
  linked: Pick<OwnOrganization, "id" | "name">;
  path: string;
}

/** Stands where a link leads into another organization: every tab of the reader goes over with it, so they are asked. */
export function OtherOrganization({ current, linked, path }: OtherOrganizationProps) {
  const { switchTo, isPending } = useSwitchOrganization(path);
  return (
    <Stack align="flex-start" py="xl">
      <PageTitle>This page is in “{linked.name}”</PageTitle>
      <Text style={{ overflowWrap: "anywhere" }}>
        You are working in “{current}”. Go over to “{linked.name}” to see it, and come back with the switcher at the top.
      </Text>
      <Group>
        <Button loading={isPending} onClick={() => switchTo(linked.id)}>
          Go over and open it
        </Button>
        <Button component={AppLink} href="/schedule" variant="default">
          Stay here
        </Button>
      </Group>
    </Stack>
  );
}

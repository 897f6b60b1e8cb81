"use client";
import { Group, Stack, Text, Title } from "@mantine/core";
import { may } from "@/domain/roles";
import { LeaveButton } from "./leave-button";
import { RenameButton } from "./rename-button";
import type { Me } from "./use-members";

/** The organization's name, and the reader's way out of it. */
export function OrganizationSection({ me: { organization, role } }: { me: Me }) {
  return (
    <Stack gap="xs" align="flex-start">
      <Title order={2} size="h3">
        Organization
      </Title>
      <Text style={{ overflowWrap: "anywhere" }}>{organization.name}</Text>
      <Group>
        {may(role, "organization.rename") && <RenameButton name={organization.name} />}
        <LeaveButton name={organization.name} />
      </Group>
    </Stack>
  );
}

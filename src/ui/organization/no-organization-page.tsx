"use client";
import { Button, Stack } from "@mantine/core";
import type { OwnOrganization } from "@/domain/organization";
import { SignOutButton } from "@/ui/session/sign-out-button";
import { PublicFrame } from "@/ui/shell/public-frame";
import { useSwitchOrganization } from "./use-switch-organization";

/** For whoever is signed in and a member of nothing, or no longer of what their session names. */
export function NoOrganizationPage({ organizations }: { organizations: readonly OwnOrganization[] }) {
  const { switchTo, isPending } = useSwitchOrganization();
  const hasSome = organizations.length > 0;
  return (
    <PublicFrame
      title={hasSome ? "Choose an organization" : "You belong to no organization"}
      lead={
        hasSome
          ? "You are no longer a member of the one you worked in. These are yours:"
          : "You are signed in, but no organization has you as a member. Ask the owner of an organization to invite you, then open the link of the invitation."
      }
    >
      <Stack mt="lg">
        {organizations.map(({ id, name }) => (
          <Button key={id} variant="default" size="md" disabled={isPending} onClick={() => switchTo(id)}>
            {name}
          </Button>
        ))}
        <SignOutButton variant={hasSome ? "subtle" : "filled"} nextPath="/sign-in" />
      </Stack>
    </PublicFrame>
  );
}

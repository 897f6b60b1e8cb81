"use client";
import { Paper, SimpleGrid, Stack } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { PageSection } from "@/ui/display/page-section";
import { PageTitle } from "@/ui/shell/page-title";
import { useTRPC } from "@/ui/trpc/client";
import { NameForm } from "./name-form";
import { PasswordForm } from "./password-form";
import { PreferencesSection } from "./preferences-section";
import { SessionSection } from "./session-section";

/** A person's own account: who they are, their password, how Milkrun looks to them, and where they are signed in. */
export function AccountView() {
  const { data: me } = useSuspenseQuery(useTRPC().member.me.queryOptions());
  return (
    <Stack gap="xl">
      <PageTitle>Your account</PageTitle>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Paper withBorder p="lg" radius="md">
          <PageSection title="About you">
            <NameForm name={me.user.name} email={me.user.email} />
          </PageSection>
        </Paper>
        <Paper withBorder p="lg" radius="md">
          <PageSection title="Password">
            <PasswordForm email={me.user.email} />
          </PageSection>
        </Paper>
      </SimpleGrid>
      <Paper withBorder p="lg" radius="md">
        <PreferencesSection />
      </Paper>
      <SessionSection timeZone={me.organization.timeZone} />
    </Stack>
  );
}

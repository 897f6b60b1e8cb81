"use client";
import { Anchor, Breadcrumbs, Stack, Text } from "@mantine/core";
import { useMembership } from "@/ui/session/use-membership";
import { AppLink } from "@/ui/shell/app-link";
import { PageTitle } from "@/ui/shell/page-title";
import { ReadOnlyNotice } from "@/ui/states/read-only-notice";
import { ImportForm } from "./import-form";

/** The page that takes a list of sources in. */
export function ImportView() {
  const { canEdit } = useMembership();
  return (
    <Stack gap="lg">
      <Stack gap="xs">
        <Breadcrumbs>
          <Anchor component={AppLink} href="/sources" underline="always">
            Sources
          </Anchor>
          <Text>Import</Text>
        </Breadcrumbs>
        <PageTitle>Import sources</PageTitle>
      </Stack>
      {canEdit ? <ImportForm /> : <ReadOnlyNotice />}
    </Stack>
  );
}

"use client";
import { Button, Group, Stack, Text } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type OrganizationDefinition, organizationDefinitionSchema } from "@/domain/organization";
import { fieldErrorsOf, formErrorsOf } from "@/ui/error-message";
import { AppLink } from "@/ui/shell/app-link";
import { PageTitle } from "@/ui/shell/page-title";
import { ErrorState } from "@/ui/states/error-state";
import { StillHere } from "@/ui/states/still-here";
import { useViewerZone } from "@/ui/time/viewer-zone";
import { useTRPC } from "@/ui/trpc/client";
import { OrganizationFields } from "./organization-fields";

/** A further organization for somebody who owns one. Proposed is the browser's zone, which is known once the page is alive. */
export function NewOrganizationForm() {
  const viewerZone = useViewerZone() ?? "";
  return <DefinitionForm key={viewerZone} initialZone={viewerZone} />;
}

function DefinitionForm({ initialZone }: { initialZone: string }) {
  const [isLeaving, setLeaving] = useState(false);
  const form = useForm<OrganizationDefinition>({
    initialValues: { name: "", timeZone: initialZone },
    validate: schemaResolver(organizationDefinitionSchema, { sync: true }),
  });
  const create = useMutation(
    useTRPC().organization.create.mutationOptions({
      onSuccess: () => {
        setLeaving(true);
        // A whole page load: nothing of the organization before may stay in memory.
        window.location.assign("/schedule");
      },
      onError: (error) => form.setErrors(formErrorsOf(error)),
    }),
  );
  const isAboutFields = fieldErrorsOf(create.error).length > 0;
  return (
    <form noValidate onSubmit={form.onSubmit((definition) => create.mutate(definition))}>
      <Stack gap="lg" maw={560}>
        <PageTitle>New organization</PageTitle>
        <Text c="dimmed">It has a schedule, sources, items and members of its own. You become its owner and go on in it.</Text>
        <OrganizationFields
          name={form.values.name}
          timeZone={form.values.timeZone}
          errors={{ name: form.errors.name, timeZone: form.errors.timeZone }}
          onName={(name) => form.setFieldValue("name", name)}
          onTimeZone={(timeZone) => form.setFieldValue("timeZone", timeZone)}
        />
        {create.isError && !isAboutFields && (
          <ErrorState
            title="The organization was not created"
            error={create.error}
            effect={<StillHere error={create.error}>What you typed is still here.</StillHere>}
          />
        )}
        <Group>
          <Button type="submit" loading={create.isPending || isLeaving}>
            Create organization
          </Button>
          <Button component={AppLink} href="/settings/members" variant="default">
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

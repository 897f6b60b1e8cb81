"use client";
import { Text } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/ui/trpc/client";
import classes from "./organization-switcher.module.css";
import { WarmOrganizationMenu } from "./warm-organization-menu";

interface OrganizationSwitcherProps {
  current: { id: string; name: string };
  canCreate: boolean;
}

/** Which organization's data is shown, and the way to the reader's others. Just its name for somebody who can go nowhere else. */
export function OrganizationSwitcher({ current, canCreate }: OrganizationSwitcherProps) {
  const { data: organizations } = useSuspenseQuery(useTRPC().organization.list.queryOptions());
  if (organizations.length > 1 || canCreate) return <WarmOrganizationMenu current={current} organizations={organizations} canCreate={canCreate} />;
  return (
    <Text size="sm" c="dimmed" className={classes.name} title={current.name}>
      {current.name}
    </Text>
  );
}

"use client";
import { Menu, Text, UnstyledButton } from "@mantine/core";
import { IconCheck, IconPlus, IconSelector } from "@tabler/icons-react";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useSwitchOrganization } from "@/ui/organization/use-switch-organization";
import { useTRPC } from "@/ui/trpc/client";
import { AppLink } from "./app-link";
import classes from "./organization-switcher.module.css";

interface OrganizationSwitcherProps {
  current: { id: string; name: string };
  canCreate: boolean;
}

/** Which organization's data is shown, and the way to the reader's others. Just its name for somebody who can go nowhere else. */
export function OrganizationSwitcher({ current, canCreate }: OrganizationSwitcherProps) {
  const { data: organizations } = useSuspenseQuery(useTRPC().organization.list.queryOptions());
  const { switchTo, isPending } = useSwitchOrganization();
  if (organizations.length < 2 && !canCreate) {
    return (
      <Text size="sm" c="dimmed" className={classes.name} title={current.name}>
        {current.name}
      </Text>
    );
  }
  return (
    <Menu position="bottom-start" width={280} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <UnstyledButton className={classes.switcher} title={current.name} aria-label={`Organization: ${current.name}`} disabled={isPending}>
          <span className={classes.name}>{current.name}</span>
          <IconSelector className={classes.chevron} size={16} stroke={1.7} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {organizations.map(({ id, name }) => {
          const isCurrent = id === current.id;
          return (
            <Menu.Item
              key={id}
              aria-current={isCurrent || undefined}
              rightSection={isCurrent && <IconCheck size={16} stroke={1.7} aria-hidden />}
              onClick={() => !isCurrent && switchTo(id)}
            >
              {name}
            </Menu.Item>
          );
        })}
        {canCreate && (
          <>
            <Menu.Divider />
            <Menu.Item component={AppLink} href="/organizations/new" leftSection={<IconPlus size={16} stroke={1.7} aria-hidden />}>
              New organization
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

"use client";
import { Menu } from "@mantine/core";
import { IconCheck, IconPlus } from "@tabler/icons-react";
import { useSwitchOrganization } from "@/ui/organization/use-switch-organization";
import { AppLink } from "./app-link";
import { OrganizationButton, type OrganizationMenuProps } from "./organization-button";

/** The reader's organizations, the one that is shown among them, and the way to a new one. */
export function OrganizationMenu({ current, organizations, canCreate }: OrganizationMenuProps) {
  const { switchTo, isPending } = useSwitchOrganization();
  return (
    <Menu position="bottom-start" width={280} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <OrganizationButton name={current.name} disabled={isPending} />
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

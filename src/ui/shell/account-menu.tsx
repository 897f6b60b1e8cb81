"use client";
import { ActionIcon, Menu, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconLogout, IconUser, IconUserCircle } from "@tabler/icons-react";
import { signOut } from "@/ui/session/session-client";
import { AppLink } from "./app-link";
import { clearTheWay } from "./back-guard";
import { leaveTo, mayLeave } from "./leave-guard";

interface AccountMenuProps {
  name: string;
  email: string;
  role: string;
}

/** Who is signed in, the way to their account, and the way out. */
export function AccountMenu({ name, email, role }: AccountMenuProps) {
  async function leave() {
    if (!mayLeave()) return;
    const outcome = await signOut();
    if (!outcome.ok) {
      notifications.show({ color: "red", title: "You are still signed in", message: outcome.message });
      return;
    }
    await clearTheWay();
    // A whole page load: nothing of this person may stay in memory.
    leaveTo("/sign-in");
  }
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" c="var(--mantine-color-text)" size={44} aria-label={`Account of ${name}`}>
          <IconUserCircle size={22} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)" truncate>
            {name}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {email} · {role}
          </Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item component={AppLink} href="/account" leftSection={<IconUser size={18} stroke={1.7} aria-hidden />}>
          Your account
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={18} stroke={1.7} aria-hidden />} onClick={() => void leave()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

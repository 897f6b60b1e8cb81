"use client";
import { Menu, Text } from "@mantine/core";
import { IconLogout, IconUser } from "@tabler/icons-react";
import { notify } from "@/ui/display/notify";
import { signOut } from "@/ui/session/session-client";
import { AccountButton, type AccountMenuProps } from "./account-button";
import { AppLink } from "./app-link";
import { clearTheWay } from "./back-guard";
import { leaveTo, mayLeave } from "./leave-guard";

/** Who is signed in, the way to their account, and the way out. */
export function AccountMenu({ name, email, role }: AccountMenuProps) {
  async function leave() {
    if (!mayLeave()) return;
    const outcome = await signOut();
    if (!outcome.ok) {
      notify({ color: "red", title: "You are still signed in", message: outcome.message });
      return;
    }
    await clearTheWay();
    // A whole page load: nothing of this person may stay in memory.
    leaveTo("/sign-in");
  }
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <AccountButton name={name} />
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

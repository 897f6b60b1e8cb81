"use client";
import { Anchor, Kbd, Modal, Stack, Table, Text } from "@mantine/core";
import { useOs } from "@mantine/hooks";
import { Fragment } from "react";
import { DataTable, TableHead } from "@/ui/display/data-table";
import { usePreferences } from "@/ui/time/preferences";
import { AppLink } from "./app-link";
import { SHORTCUTS } from "./shortcuts";

interface ShortcutListProps {
  opened: boolean;
  onClose: () => void;
}

/** Every shortcut there is, and how to turn off those of single keys. */
export function ShortcutList({ opened, onClose }: ShortcutListProps) {
  const { singleKeys } = usePreferences();
  const mod = useModKey();
  return (
    <Modal opened={opened} onClose={onClose} title="Shortcuts" size="md">
      <Stack>
        <DataTable caption="Keys and what they do" minWidth={0}>
          <TableHead columns={["Keys", "What they do"]} />
          <Table.Tbody>
            <Row keys={[mod, "K"]} joint="+" label="Find or do something, also while you type" />
            <Row keys={[mod, "S"]} joint="+" label="Save what you changed, also while you type" />
            {singleKeys && SHORTCUTS.map(({ keys, label }) => <Row key={label} keys={keys} joint="then" label={label} />)}
          </Table.Tbody>
        </DataTable>
        <Text size="sm">
          {singleKeys ? `Keys without ${mod} do nothing while you type. You can turn them off in ` : `Keys without ${mod} are turned off. Turn them on in `}
          <Anchor component={AppLink} href="/account" onClick={onClose} inherit underline="always">
            your preferences
          </Anchor>
          .
        </Text>
      </Stack>
    </Modal>
  );
}

/** What the key is called that starts a shortcut here. */
function useModKey(): "⌘" | "Ctrl" {
  const os = useOs();
  return os === "macos" || os === "ios" ? "⌘" : "Ctrl";
}

function Row({ keys, joint, label }: { keys: readonly string[]; joint: string; label: string }) {
  return (
    <Table.Tr>
      <Table.Td>
        {keys.map((key, index) => (
          <Fragment key={key}>
            {index > 0 && ` ${joint} `}
            <Kbd>{key}</Kbd>
          </Fragment>
        ))}
      </Table.Td>
      <Table.Td>{label}</Table.Td>
    </Table.Tr>
  );
}

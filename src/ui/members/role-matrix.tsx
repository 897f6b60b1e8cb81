import { Stack, Table, Text, Title, VisuallyHidden } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { may, PERMISSIONS, ROLES } from "@/domain/roles";
import { DataTable, TableHead } from "@/ui/display/data-table";
import { PERMISSION_WORDS } from "./permission-words";
import { ROLE_WORDS } from "./role-words";

/** The table of roles that the server decides by, in words. */
export function RoleMatrix() {
  return (
    <Stack gap="xs">
      <Title order={2} size="h3">
        What each role can do
      </Title>
      <DataTable caption="The server checks each action by this table." minWidth={330} verticalSpacing="xs" horizontalSpacing={4}>
        <TableHead columns={["Action", ...ROLES.map((role) => ROLE_WORDS[role].name)]} />
        <Table.Tbody>
          {PERMISSIONS.map((permission) => (
            <Table.Tr key={permission}>
              <Table.Th scope="row" fw="normal">
                {PERMISSION_WORDS[permission]}
              </Table.Th>
              {ROLES.map((role) => (
                <Table.Td key={role}>
                  <Verdict allowed={may(role, permission)} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </DataTable>
    </Stack>
  );
}

function Verdict({ allowed }: { allowed: boolean }) {
  if (!allowed) {
    return (
      <Text span inherit c="dimmed">
        No
      </Text>
    );
  }
  return (
    <>
      <IconCheck size={16} stroke={2.2} aria-hidden />
      <VisuallyHidden>Yes</VisuallyHidden>
    </>
  );
}

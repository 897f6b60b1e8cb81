"use client";
import { Stack, Table, Text, Title } from "@mantine/core";
import type { Invitation } from "@/domain/invitation";
import { grantableRoles } from "@/domain/roles";
import { timeZoneCity } from "@/domain/time-zone";
import { TableHead } from "@/ui/display/data-table";
import { NoValue } from "@/ui/display/no-value";
import { StackedCell, StackedRow, StackedRowHead, StackedTable } from "@/ui/display/stacked-table";
import { Instant } from "@/ui/time/instant";
import { useNow } from "@/ui/time/now";
import { InvitationMenu } from "./invitation-menu";
import { roleName } from "./role-words";
import type { Me } from "./use-members";

const MINUTE_MS = 60_000;
const COLUMNS = ["Email", "Role", "Invited by", "Expires"];

interface InvitationTableProps {
  invitations: readonly Invitation[];
  me: Me;
}

/** Who is invited and has not come yet. */
export function InvitationTable({ invitations, me }: InvitationTableProps) {
  const { timeZone } = me.organization;
  const grantable = grantableRoles(me.role);
  const hasMenu = grantable.length > 0;
  return (
    <Stack gap="xs">
      <Title order={2} size="h3">
        Invited
      </Title>
      <StackedTable caption={`Invitations that nobody has accepted yet. Times are ${timeZoneCity(timeZone)} time.`} minWidth={hasMenu ? 720 : 640}>
        <TableHead columns={hasMenu ? [...COLUMNS, "Actions"] : COLUMNS} />
        <Table.Tbody role="rowgroup">
          {invitations.map((invitation) => (
            <StackedRow key={invitation.id}>
              <StackedRowHead style={{ overflowWrap: "anywhere" }}>{invitation.email}</StackedRowHead>
              <StackedCell label="Role">{roleName(invitation.role)}</StackedCell>
              <StackedCell label="Invited by" style={{ overflowWrap: "anywhere" }}>
                {invitation.inviterName}
              </StackedCell>
              <StackedCell label="Expires">
                <Expiry at={invitation.expiresAt} timeZone={timeZone} />
              </StackedCell>
              {hasMenu && <StackedCell>{grantable.includes(invitation.role) ? <InvitationMenu invitation={invitation} /> : <NoValue />}</StackedCell>}
            </StackedRow>
          ))}
        </Table.Tbody>
      </StackedTable>
    </Stack>
  );
}

function Expiry({ at, timeZone }: { at: Date; timeZone: string }) {
  const isOver = at <= useNow(MINUTE_MS);
  return (
    <>
      <Instant at={at} timeZone={timeZone} relative />
      {isOver && (
        <Text size="sm" fw={600}>
          Expired: renew it to invite again.
        </Text>
      )}
    </>
  );
}

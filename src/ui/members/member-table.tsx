"use client";
import { Badge, Table } from "@mantine/core";
import type { Member } from "@/domain/member";
import { grantableRoles, type Role } from "@/domain/roles";
import { timeZoneCity } from "@/domain/time-zone";
import { TableHead } from "@/ui/display/data-table";
import { NoValue } from "@/ui/display/no-value";
import { StackedCell, StackedRow, StackedRowHead, StackedTable } from "@/ui/display/stacked-table";
import { Instant } from "@/ui/time/instant";
import { MemberMenu } from "./member-menu";
import { roleName } from "./role-words";
import type { Me } from "./use-members";

interface MemberTableProps {
  members: readonly Member[];
  me: Me;
}

const COLUMNS = ["Name", "Email", "Role", "Last active"];

/** Everybody in the organization. Whoever manages members has a menu in each row that is within their reach. */
export function MemberTable({ members, me }: MemberTableProps) {
  const { timeZone } = me.organization;
  const grantable = grantableRoles(me.role);
  const hasMenu = grantable.length > 0;
  return (
    <StackedTable caption={`Members. Times are ${timeZoneCity(timeZone)} time.`} minWidth={hasMenu ? 720 : 640}>
      <TableHead columns={hasMenu ? [...COLUMNS, "Actions"] : COLUMNS} />
      <Table.Tbody role="rowgroup">
        {members.map((member) => (
          <StackedRow key={member.id}>
            <StackedRowHead miw={140} style={{ overflowWrap: "anywhere" }}>
              {member.name} {member.userId === me.user.id && <You />}
            </StackedRowHead>
            <StackedCell label="Email" whole miw={200} style={{ overflowWrap: "anywhere" }}>
              {member.email}
            </StackedCell>
            <StackedCell label="Role">{roleName(member.role)}</StackedCell>
            <StackedCell label="Last active">
              {member.lastActiveAt ? <Instant at={member.lastActiveAt} timeZone={timeZone} relative /> : <NoValue>Never</NoValue>}
            </StackedCell>
            {hasMenu && <StackedCell>{isWithin(grantable, member.role) ? <MemberMenu member={member} me={me} /> : <NoValue />}</StackedCell>}
          </StackedRow>
        ))}
      </Table.Tbody>
    </StackedTable>
  );
}

function isWithin(grantable: readonly Role[], role: Role | null): boolean {
  return role === null || grantable.includes(role);
}

function You() {
  return (
    <Badge variant="default" tt="none" fw={600} ml={4}>
      You
    </Badge>
  );
}

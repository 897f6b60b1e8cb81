"use client";
import { Group, Stack } from "@mantine/core";
import { useSuspenseQueries } from "@tanstack/react-query";
import { may } from "@/domain/roles";
import { PageTitle } from "@/ui/shell/page-title";
import { ReadOnlyNotice } from "@/ui/states/read-only-notice";
import { useTRPC } from "@/ui/trpc/client";
import { InvitationTable } from "./invitation-table";
import { InviteButton } from "./invite-button";
import { MemberTable } from "./member-table";
import { OrganizationSection } from "./organization-section";
import { RoleMatrix } from "./role-matrix";

/** Who belongs to the organization, who is invited, and what each role can do. */
export function MembersView() {
  const trpc = useTRPC();
  const [{ data: me }, { data: people }] = useSuspenseQueries({ queries: [trpc.member.me.queryOptions(), trpc.member.list.queryOptions()] });
  const canManage = may(me.role, "member.manage");
  return (
    <Stack gap="xl">
      <Stack gap="sm">
        <Group justify="space-between">
          <PageTitle>Members</PageTitle>
          {canManage && <InviteButton role={me.role} />}
        </Group>
        {!canManage && <ReadOnlyNotice changedBy="Owners and admins" />}
        <MemberTable members={people.members} me={me} />
      </Stack>
      {people.invitations.length > 0 && <InvitationTable invitations={people.invitations} me={me} />}
      <OrganizationSection me={me} />
      <RoleMatrix />
    </Stack>
  );
}

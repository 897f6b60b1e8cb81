"use client";
import { Menu } from "@mantine/core";
import { IconCrown, IconKey, IconUserMinus, IconUserShield } from "@tabler/icons-react";
import { useState } from "react";
import type { Member } from "@/domain/member";
import { may } from "@/domain/roles";
import { ActionsMenu } from "@/ui/display/actions-menu";
import { ChangeRoleDialog } from "./change-role-dialog";
import { RemoveMemberDialog } from "./remove-member-dialog";
import { ResetLinkDialog } from "./reset-link-dialog";
import { TransferDialog } from "./transfer-dialog";
import type { Me } from "./use-members";

interface MemberMenuProps {
  member: Member;
  me: Me;
}

/** What can be done about a member. Going oneself is "Leave organization", further down the page. */
export function MemberMenu({ member, me }: MemberMenuProps) {
  const [asking, setAsking] = useState<"role" | "resetLink" | "transfer" | "remove" | null>(null);
  const isMe = member.userId === me.user.id;
  const close = () => setAsking(null);
  return (
    <>
      <ActionsMenu label={`Actions for ${member.name}`}>
        <Menu.Item leftSection={<IconUserShield size={16} aria-hidden />} onClick={() => setAsking("role")}>
          Change role…
        </Menu.Item>
        {!isMe && (
          <Menu.Item leftSection={<IconKey size={16} aria-hidden />} onClick={() => setAsking("resetLink")}>
            Reset password…
          </Menu.Item>
        )}
        {!isMe && may(me.role, "organization.transfer") && (
          <Menu.Item leftSection={<IconCrown size={16} aria-hidden />} onClick={() => setAsking("transfer")}>
            Transfer ownership…
          </Menu.Item>
        )}
        {!isMe && (
          <Menu.Item leftSection={<IconUserMinus size={16} aria-hidden />} onClick={() => setAsking("remove")}>
            Remove…
          </Menu.Item>
        )}
      </ActionsMenu>
      <ChangeRoleDialog opened={asking === "role"} onClose={close} member={member} me={me} />
      <ResetLinkDialog opened={asking === "resetLink"} onClose={close} member={member} />
      <TransferDialog opened={asking === "transfer"} onClose={close} member={member} />
      <RemoveMemberDialog opened={asking === "remove"} onClose={close} member={member} />
    </>
  );
}

import { INVITATION_HOURS } from "./invitation";
import type { Mail } from "./mail";
import type { Role } from "./roles";

interface InvitationLetter {
  to: string;
  inviterName: string;
  organizationName: string;
  role: Role;
  url: string;
}

/** The message that brings an invitation. Names are people's own words: a line break in one would look like a line of ours. */
export function invitationMail({ to, inviterName, organizationName, role, url }: InvitationLetter): Mail {
  const [inviter, organization] = [inviterName, organizationName].map((name) => name.replace(/\s+/g, " "));
  return {
    to,
    subject: `${inviter} invites you to ${organization} on Milkrun`,
    text: [
      `${inviter} invites you to the organization “${organization}” on Milkrun, as ${role}.`,
      `Accept within ${INVITATION_HOURS} hours; the link works once:`,
      url,
      "If you do not know what this is about, do nothing.",
      "",
    ].join("\n\n"),
  };
}

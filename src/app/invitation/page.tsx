import type { Metadata } from "next";
import { invitationTokenSchema } from "@/domain/invitation";
import { InvalidInvitation } from "@/ui/invitation/invalid-invitation";
import { InvitationView } from "@/ui/invitation/invitation-view";
import { getQueryClient, trpc } from "@/ui/trpc/server";

export const metadata: Metadata = { title: "Invitation" };

interface InvitationPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Where the link of an invitation leads, with a session or without. */
export default async function InvitationPage({ searchParams }: InvitationPageProps) {
  const { data: link } = invitationTokenSchema.safeParse(await searchParams);
  const offer = link ? await getQueryClient().fetchQuery(trpc.invitation.offer.queryOptions(link)) : null;
  return link && offer ? <InvitationView token={link.token} offer={offer} /> : <InvalidInvitation />;
}

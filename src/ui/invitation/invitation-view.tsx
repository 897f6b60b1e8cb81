"use client";
import { Button, Stack, Text } from "@mantine/core";
import Link from "next/link";
import type { Offer } from "@/domain/invitation";
import { signInPath } from "@/ui/session/next-path";
import { SignOutButton } from "@/ui/session/sign-out-button";
import { PublicFrame } from "@/ui/shell/public-frame";
import { Instant } from "@/ui/time/instant";
import { JoinButton } from "./join-button";
import { NewAccountForm } from "./new-account-form";

interface InvitationViewProps {
  token: string;
  offer: Offer;
}

/** What the holder of a link is invited to, and the one way in that is theirs. */
export function InvitationView({ token, offer }: InvitationViewProps) {
  return (
    <PublicFrame
      title={`Join ${offer.organizationName}`}
      lead={
        <>
          {offer.inviterName} invites {offer.email} as {offer.role}. Accept until <Instant at={offer.expiresAt} timeZone={offer.timeZone} />.
        </>
      }
    >
      <Stack mt="lg">
        <WayIn token={token} offer={offer} />
      </Stack>
    </PublicFrame>
  );
}

function WayIn({ token, offer }: InvitationViewProps) {
  const path = `/invitation?token=${encodeURIComponent(token)}`;
  if (offer.signedInAs === offer.email) return <JoinButton token={token} />;
  if (offer.signedInAs !== null) {
    return (
      <>
        <Text>
          You are signed in as {offer.signedInAs}. This invitation is for {offer.email}, so it has to be accepted from there.
        </Text>
        <SignOutButton nextPath={path}>Sign out and go on</SignOutButton>
      </>
    );
  }
  if (!offer.hasAccount) return <NewAccountForm token={token} email={offer.email} />;
  return (
    <>
      <Text>There is an account for {offer.email}. Sign in with it, then accept.</Text>
      <Button component={Link} href={signInPath(path)} size="md">
        Sign in
      </Button>
    </>
  );
}

import type { Metadata } from "next";
import { ResetPasswordForm } from "@/ui/session/reset-password-form";
import { PublicFrame } from "@/ui/shell/public-frame";

export const metadata: Metadata = { title: "Choose a new password" };

/** Where a reset link leads. Whether the link is valid shows when it is used: looking at the page does not use it up. */
export default async function ResetPage({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  const { token } = await searchParams;
  return (
    <PublicFrame title="Choose a new password" lead="Then you are signed out everywhere, and sign in with it.">
      <ResetPasswordForm token={typeof token === "string" ? token : ""} />
    </PublicFrame>
  );
}

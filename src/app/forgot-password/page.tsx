import type { Metadata } from "next";
import { ForgotPasswordForm } from "@/ui/session/forgot-password-form";
import { SignInLink } from "@/ui/session/sign-in-link";
import { PublicFrame } from "@/ui/shell/public-frame";
import { getQueryClient, trpc } from "@/ui/trpc/server";

export const metadata: Metadata = { title: "Forgot password" };

/** The way to a reset link: by mail, or from somebody who may make one. */
export default async function ForgotPasswordPage() {
  const { byMail } = await getQueryClient().fetchQuery(trpc.account.recovery.queryOptions());
  const lead = byMail ? "Milkrun mails you a link to choose a new one." : "Ask an owner or admin of your organization for a reset link.";
  return (
    <PublicFrame title="Forgot your password?" lead={lead}>
      {byMail ? <ForgotPasswordForm /> : <SignInLink />}
    </PublicFrame>
  );
}

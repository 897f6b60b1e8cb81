import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { findOrganizations, isClaimed } from "@/ui/session/find-member";
import { safeNextPath } from "@/ui/session/next-path";
import { SignInForm } from "@/ui/session/sign-in-form";
import { PublicFrame } from "@/ui/shell/public-frame";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { next } = await searchParams;
  const nextPath = safeNextPath(typeof next === "string" ? next : null);
  if (await findOrganizations()) redirect(nextPath);
  if (!(await isClaimed())) redirect("/setup");
  return (
    <PublicFrame title="Sign in">
      <SignInForm nextPath={nextPath} />
    </PublicFrame>
  );
}

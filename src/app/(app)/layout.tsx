import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { NoOrganizationPage } from "@/ui/organization/no-organization-page";
import { findMember, findOrganizations, isClaimed } from "@/ui/session/find-member";
import { signInPath } from "@/ui/session/next-path";
import { AppShell } from "@/ui/shell/app-shell";
import { getQueryClient, Hydrate, trpc } from "@/ui/trpc/server";

/** Every page but sign-in, set-up and invitations: only for members of an organization. */
export default async function AppLayout({ children }: { children: ReactNode }) {
  const [member, organizations] = await Promise.all([findMember(), findOrganizations()]);
  if (!member && organizations) return <NoOrganizationPage organizations={organizations} />;
  if (!member) {
    const path = (await headers()).get("x-request-path");
    redirect((await isClaimed()) ? signInPath(path) : "/setup");
  }
  // Waited for: the shell shows it without suspending, and the browser's first render must not know more than the server's.
  const queryClient = getQueryClient();
  await Promise.all([queryClient.prefetchQuery(trpc.system.status.queryOptions()), queryClient.prefetchQuery(trpc.organization.attention.queryOptions())]);
  return (
    <Hydrate>
      <AppShell>{children}</AppShell>
    </Hydrate>
  );
}

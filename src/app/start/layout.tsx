import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { may } from "@/domain/roles";
import { findMember, findOrganizations } from "@/ui/session/find-member";
import { signInPath } from "@/ui/session/next-path";
import { RouteFocus } from "@/ui/shell/route-focus";
import { PreferencesProvider } from "@/ui/time/preferences";
import { Hydrate } from "@/ui/trpc/server";

/** Setting up after the claim, signed in. Each step can be left and come back to; nothing here is a state of its own. */
export default async function StartLayout({ children }: { children: ReactNode }) {
  const member = await findMember();
  // Whoever is signed in and a member of nothing is told so there.
  if (!member) redirect((await findOrganizations()) ? "/schedule" : signInPath((await headers()).get("x-request-path")));
  if (!may(member.role, "source.change")) redirect("/schedule");
  return (
    <Hydrate>
      <PreferencesProvider>{children}</PreferencesProvider>
      <RouteFocus />
    </Hydrate>
  );
}

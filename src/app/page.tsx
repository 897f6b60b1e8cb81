import { redirect } from "next/navigation";
import { findOrganizations, isClaimed } from "@/ui/session/find-member";

/** The address that people type: it leads to where they can go on. */
export default async function HomePage() {
  if (await findOrganizations()) redirect("/schedule");
  redirect((await isClaimed()) ? "/sign-in" : "/setup");
}

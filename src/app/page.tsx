import { redirect } from "next/navigation";
import { findMember, isClaimed } from "@/ui/session/find-member";

/** The address that people type: it leads to where they can go on. */
export default async function HomePage() {
  if (await findMember()) redirect("/schedule");
  redirect((await isClaimed()) ? "/sign-in" : "/setup");
}

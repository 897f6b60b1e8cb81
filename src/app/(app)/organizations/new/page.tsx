import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { may } from "@/domain/roles";
import { NewOrganizationForm } from "@/ui/organization/new-organization-form";
import { findMember } from "@/ui/session/find-member";

export const metadata: Metadata = { title: "New organization" };

/** For owners; to others it does not exist. */
export default async function NewOrganizationPage() {
  const me = await findMember();
  if (me && !may(me.role, "organization.create")) notFound();
  return <NewOrganizationForm />;
}

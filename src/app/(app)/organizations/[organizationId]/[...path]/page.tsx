import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { pageWithin } from "@/domain/organization-path";
import { OtherOrganization } from "@/ui/organization/other-organization";
import { findMember, findOrganizations } from "@/ui/session/find-member";
import { safeNextPath } from "@/ui/session/next-path";

export const metadata: Metadata = { title: "Another organization" };

interface OrganizationLinkPageProps {
  params: Promise<{ organizationId: string }>;
}

/** Where links of messages lead: to the page itself, but for whoever works in another organization at the moment. */
export default async function OrganizationLinkPage({ params }: OrganizationLinkPageProps) {
  const { organizationId } = await params;
  const [me, organizations] = await Promise.all([findMember(), findOrganizations()]);
  const linked = organizations?.find(({ id }) => id === organizationId);
  if (!me || !linked) notFound();
  const path = safeNextPath(pageWithin((await headers()).get("x-request-path") ?? "", organizationId));
  if (me.organization.id === organizationId) redirect(path);
  return <OtherOrganization current={me.organization.name} linked={linked} path={path} />;
}

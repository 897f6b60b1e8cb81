"use client";
import { warmPart } from "@/ui/display/warm-part";
import { OrganizationButton, type OrganizationMenuProps } from "./organization-button";

/** The reader's organizations, the one that is shown among them, and the way to a new one. */
export const WarmOrganizationMenu = warmPart<OrganizationMenuProps>(
  () => import("./organization-menu").then(({ OrganizationMenu }) => OrganizationMenu),
  ({ current }) => <OrganizationButton name={current.name} />,
);

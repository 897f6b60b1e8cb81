"use client";
import { UnstyledButton } from "@mantine/core";
import { IconSelector } from "@tabler/icons-react";
import type { ComponentProps } from "react";
import classes from "./organization-switcher.module.css";

export interface OrganizationMenuProps {
  current: { id: string; name: string };
  organizations: readonly { id: string; name: string }[];
  canCreate: boolean;
}

/** What opens the list of the reader's organizations: the name of the one that is shown. */
export function OrganizationButton({ name, ...target }: ComponentProps<"button"> & { name: string }) {
  return (
    <UnstyledButton title={name} aria-label={`Organization: ${name}`} aria-haspopup="menu" {...target} className={classes.switcher}>
      <span className={classes.name}>{name}</span>
      <IconSelector className={classes.chevron} size={16} stroke={1.7} aria-hidden />
    </UnstyledButton>
  );
}

"use client";
import { Container } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { may } from "@/domain/roles";
import { useTRPC } from "@/ui/trpc/client";
import { AppLink } from "./app-link";
import { ColorSchemeButton } from "./color-scheme-button";
import { CommandsButton } from "./commands-button";
import { MilkrunMark } from "./milkrun-mark";
import { OrganizationSwitcher } from "./organization-switcher";
import classes from "./shell-header.module.css";
import { useAttentionAfterChanges } from "./use-attention";
import { WarmAccountMenu } from "./warm-account-menu";

/** The organization whose data is shown, the navigation, and what belongs to the reader. */
export function ShellHeader({ navigation }: { navigation: ReactNode }) {
  const { data: me } = useSuspenseQuery(useTRPC().member.me.queryOptions());
  useAttentionAfterChanges();
  return (
    <header className={classes.header}>
      <Container size="xl" px={{ base: "md", sm: "lg" }} className={classes.row}>
        <AppLink href="/schedule" className={classes.brand} aria-label="Milkrun, to the schedule">
          <MilkrunMark size={30} />
          <span className={classes.name}>Milkrun</span>
        </AppLink>
        <div className={classes.organization}>
          <OrganizationSwitcher current={me.organization} canCreate={may(me.role, "organization.create")} />
        </div>
        {navigation}
        <div className={classes.tools}>
          <CommandsButton />
          <span className={classes.scheme}>
            <ColorSchemeButton />
          </span>
          <WarmAccountMenu name={me.user.name} email={me.user.email} role={me.role} />
        </div>
      </Container>
    </header>
  );
}

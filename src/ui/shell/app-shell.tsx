import { Container } from "@mantine/core";
import type { ReactNode } from "react";
import { PreferencesProvider } from "@/ui/time/preferences";
import classes from "./app-shell.module.css";
import { Commands } from "./commands";
import { GoingBar } from "./going-bar";
import { MainNavigation } from "./main-navigation";
import { RouteFocus } from "./route-focus";
import { SchedulerBanner } from "./scheduler-banner";
import { ShellFooter } from "./shell-footer";
import { ShellHeader } from "./shell-header";

/** What stands around every page of a signed-in person. Below 48em the navigation moves to the bottom edge, where a thumb reaches it. */
export function AppShell({ children }: { children: ReactNode }) {
  return (
    <PreferencesProvider>
      <Commands>
        <div className={classes.shell}>
          <a className={classes.skip} href="#main">
            Skip to content
          </a>
          <ShellHeader navigation={<MainNavigation placement="top" />} />
          <SchedulerBanner />
          <main id="main" tabIndex={-1} className={classes.main}>
            <Container size="xl" px={{ base: "md", sm: "lg" }}>
              {children}
            </Container>
          </main>
          <ShellFooter />
          <MainNavigation placement="bottom" />
          <RouteFocus />
          <GoingBar />
        </div>
      </Commands>
    </PreferencesProvider>
  );
}

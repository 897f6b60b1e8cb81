"use client";
import { Container } from "@mantine/core";
import { type Icon, IconAlertTriangle, IconPlugConnectedX } from "@tabler/icons-react";
import { usePathname, useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { appErrorOf, errorMessage } from "@/ui/error-message";
import { signInPath } from "@/ui/session/next-path";
import { useMembership } from "@/ui/session/use-membership";
import { Instant } from "@/ui/time/instant";
import { AppLink } from "./app-link";
import classes from "./scheduler-banner.module.css";
import { useIsOnline } from "./use-is-online";
import { useSystemStatus } from "./use-system-status";

/** Says on every page when the clock has stopped or when what is shown is old. A page that looks alive while nothing runs is the worst lie. */
export function SchedulerBanner() {
  const { timeZone } = useMembership();
  const status = useSystemStatus();
  const isOnline = useIsOnline();
  if (appErrorOf(status.error)?.code === "unauthenticated") {
    return (
      <Banner icon={IconPlugConnectedX}>
        You are signed out, so nothing here is up to date. <SignInLink />
      </Banner>
    );
  }
  // No longer a member, or the session has moved on to another organization.
  if (appErrorOf(status.error)?.code === "forbidden") {
    return (
      <Banner icon={IconPlugConnectedX}>
        {errorMessage(status.error)} <a href="/">Reload</a>
      </Banner>
    );
  }
  if (status.data && (status.isError || !isOnline)) {
    return (
      <Banner icon={IconPlugConnectedX}>
        {isOnline ? "The server does not answer." : "You are offline."} Showing data from <Instant at={new Date(status.dataUpdatedAt)} timeZone={timeZone} />.
      </Banner>
    );
  }
  if (!status.data) return null;
  const { schedulerAlive, schedulerLastSeenAt } = status.data;
  const collecting = collectingWarning(status.data);
  return (
    <>
      {!schedulerAlive && (
        <Banner icon={IconAlertTriangle}>
          {schedulerLastSeenAt ? (
            <>
              The scheduler has not checked in since <Instant at={schedulerLastSeenAt} timeZone={timeZone} />.{" "}
            </>
          ) : (
            "The scheduler has not checked in yet. "
          )}
          Scheduled runs will not start. <AppLink href="/system">System status</AppLink>
        </Banner>
      )}
      {collecting && (
        <Banner icon={IconAlertTriangle}>
          {collecting} <AppLink href="/system">System status</AppLink>
        </Banner>
      )}
    </>
  );
}

/** What the page is narrowed to is still so after signing in. */
function SignInLink() {
  const pathname = usePathname();
  const search = useSearchParams().toString();
  return <a href={signInPath(search ? `${pathname}?${search}` : pathname)}>Sign in</a>;
}

/** Why nothing is collected at all; null while a worker takes runs. */
function collectingWarning({ workerAlive, holdReason }: { workerAlive: boolean; holdReason: string | null }): string | null {
  if (workerAlive) return holdReason;
  return "Nothing is being collected: no worker process is running. Start one, or give a process the worker role.";
}

function Banner({ icon: BannerIcon, children }: { icon: Icon; children: ReactNode }) {
  return (
    <div className={classes.banner}>
      <Container size="xl" px={{ base: "md", sm: "lg" }} className={classes.row}>
        <BannerIcon className={classes.icon} size={20} aria-hidden />
        <span role="alert">{children}</span>
      </Container>
    </div>
  );
}
